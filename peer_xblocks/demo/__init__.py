"""The local site: an XBlock runtime faithful to the LMS, personas."""
