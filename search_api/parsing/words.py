"""Short lists of English words that keep a query from being misread."""

from search_api.parsing.forms import phrases


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


FILLERS = _set(
    """
    a all am an and any are art artist artists arts artwork artworks by canvas canvases display does
    either era evoke evokes evoking feel feeling feelings feels find for from genre get give i image images in
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

LOOKALIKES = _set(
    """
    adorning aguish amicability amicable baldness bareness bespotted biter blindness blondness callus
    carious carving cation caving charing cher cherry chirming composted composture confidant conical
    cosines cosmical crankness crepey crepiness crepy culming curios curtain decedent defecated desiree
    discard distent districted districting domed drool elution enduing enuring erie ernest euphorbia
    exaltation exited exiting fasciated fasciation feracious feracity fleeing ghastily ghastliness glom
    grander griminess hatful hatting heatless hippiness hunted hunting inanity insolated insolation
    insulated insulating jealously laciness langued langur lathing laugher librated librating libration
    loveliness lounging lunging lustless mastery mediation mediative meknes modestly morning mothery
    mucking nobble nubility outage outrange outranged panful patent peasant pinning plainful powderless
    ragging reigned relived repolled resect resined resole respelled revere revoting rockless romanic
    rupture rustless saronic satisficed satyrical scarred scarry serous shacked shacking shucked
    shucking silene silkiness simulated simulating simulation sitten slickened slickening smoothed
    smoothing soberness socked socking soddened soddening sooted sooting soreness southed southing
    starling started starting stenned strangle sunned tameless tamelessness tankful tapped temped
    temping thralled thralling thrustful thrusting tieless torrified torrifying traped tried trilled
    trilling tripped tristful trysting tumidity tumidness uncurtain ungloved unlived unsetting unwonted
    upsitting vinolent violet warship wiriness worrited yarning yeaning
    """
)
"""Words one slip away from a feeling: "hunted", "rupture" and "scarred" are spelt well."""

NOBODY = _set(
    """
    accident afternoon air all anyone bay beach bed birth boat bridge brook bus campfire canal candle
    candles car chance choice church cliff cliffs coast comparison dawn day daybreak default design door
    drowning dusk evening everyone faith far fate father field fields fire foot force garden gate god
    grace grave habit hand harbor harbour heart hearth heaven her herself him himself horse house in
    itself jove lake lamp land lane lantern lanterns law light lightning magic midnight mill mirror
    mistake moon morning mother myself name nature night no nobody noon now numbers ocean one ourselves
    path people piano pond proxy railroad railway rain river road rote sea ship shore snow stars storm
    stove stream sun sunrise sunset surprise table them themselves then tomb torches train tree trees
    turns us virtue wall water well wind window yourself
    """
)
"""What may stand behind "by" and is no artist: "cafe by night"."""
NOBODYS_ENDS = ("light", "side", "tion", "ment", "ness")
"""More of the same: "by candlelight", "by temperament"."""
MAKING = _set("created drawn engraved etched made painted signed")
BEFALLING = _set(
    """
    beaten begotten bent bitten blown born bound broken burnt caught cut done driven drunk forgotten
    forsaken frozen given hauled held hidden hit hurt kept led left lit lost met overcome seen shaken
    shot spellbound stolen stood struck stricken stung swept taken torn won worn
    """
)
"""Participles that do not end in -ed: "torn by doubt" tells of no artist."""
