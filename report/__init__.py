"""A dataset, two builds of one, or an article pair as one HTML file that people open: see `tithi.report.page`."""
