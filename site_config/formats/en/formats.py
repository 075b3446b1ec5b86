# As the British write it, whom the words of the pages follow; the German way is Django's own.
DATE_FORMAT = "j F Y"
