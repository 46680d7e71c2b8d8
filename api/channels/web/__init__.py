"""The website's door: the widget, the page it stands on, and the websites that may carry it."""
