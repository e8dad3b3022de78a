"""Writers of HTML and PDF, as nbconvert exporters."""
