"""Who annotated what, as far as each kind of file tells: for the model card."""

ARTEMIS = """\
The file has the form of ArtEmis. ArtEmis (Achlioptas et al. 2021; version 2: Mohamed et al. 2022) asked
crowd workers, who wrote in English, for the one emotion of nine that a painting of WikiArt made them feel
most, and for a sentence why; at least five saw each painting. Positive emotions are named more often than
negative ones; version 2 sought like paintings with contrasting emotions to balance that. WikiArt holds mostly
western painting."""

WIKIART_EMOTIONS = """\
The file has the form of WikiArt-Emotions, which (Mohammad and Kiritchenko 2018) asked
about ten crowd workers for each of some 4,000 works of four western styles, Renaissance to contemporary, to
tick all of twenty emotions that the work brings to mind. The works are those that WikiArt features, so known
ones."""

ANYBODY = """\
The votes come from a table of the trainer's own. It does not tell who was asked, how, and in which language:
whoever passes this model on should."""
