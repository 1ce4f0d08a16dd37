"""Short lists of English words that keep a query from being misread."""

from search_api.parsing.forms import phrases


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


FILLERS = _set(
    """
    a all am an and any are art artist artists arts artwork artworks by canvas canvases display does
    era evoke evokes evoking feel feeling feelings feels find for from genre get give i image images in
    is it like look looking looks made make makes manner me mood movement my of or our paint painted
    painter painters painting paintings period picture pictures piece pieces please print prints
    scene scenes school search see show some something style styled styles that the these this those
    want we what which who with work works you
    """
)
"""Words that name no feeling; they are left out at the edges of a feeling, never from its middle."""

ORDINARY_WORDS = _set(
    """
    angel anonymous ash baker ball banks battle bear bell berry bird bishop black blessed bliss blue
    blythe bold bond bone book boon bright brook brown burn burns bush case chance charity child
    church close cloud cold cook cooper cope cotton crane cross crow dance dark darling day dean
    dear divine dove down earnest east english eve fair faith farmer fear field fine fire fisher
    flood flower flowers forest fox frank free freedom french frost fuller gale gay gentle glass
    gold good grace grant grave gray great green grey grief grim grove hale hall happy hardy hare
    harsh haven heart heath hill hood hope horn house humble hunt hunter innocent jewel jolly joy
    just keen kind king knight lake lamb land lane law light lion little lively long loss lost love
    lovely lover low luck marsh master may mead meek mercy merry mild miller mist moody moon moss
    mourning night noble north old pace page pain park peace pearl plain pleasant plum poor pope
    power powers pride proud quiet rage rain ray reason reed rest rich rider ring rivers rock rose
    rush sad sage sand savage sea shade shadow sharp shepherd short silver singer small smart snow
    sober solace sorrow south spring stark stern still stone storm strange strong summer summers sun
    swan sweet swift temple tender thorn thunder true trust truth unknown vale virtue walker warm
    weaver west white wild winter winters wise wish wolf wood woods work world worth young
    """
)
"""Surnames and artist labels that are words first: 'still calm' does not mean Clyfford Still."""

JOINERS = phrases(
    """
    and / & / or / nor / but / yet / with / plus / also / and also / but also / and then / as well as
    / mixed with / mingled with / tinged with / combined with / together with / along with
    """
)
"""What stands between two feelings; between other words they belong to a phrase, as in "love and war"."""
LONGEST_JOINER = max(map(len, JOINERS))
