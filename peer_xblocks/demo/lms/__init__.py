"""The stand-in of LMS and Studio: an XBlock runtime over a small course store, and the addresses that blocks live at."""
