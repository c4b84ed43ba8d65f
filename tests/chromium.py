"""Chromium from the system's packages, as every browser test starts it."""

CHROMIUM = "/usr/bin/chromium"
SWITCHES = ["--no-sandbox", "--headless=new", "--disable-gpu", "--disable-background-networking"]
