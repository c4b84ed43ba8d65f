"""Everything a state office needs to train, examine, certify and recertify peer support specialists on Open edX."""

__version__ = "0.1.0"
