"""One thing of all municipalities on a map: a figure, who may use a programme, where a call is open, whom an initiative concerns."""
