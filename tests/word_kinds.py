"""Texts of three kinds, none of which the vocabulary or the fit of the match knows.

The thresholds of the match were chosen with an eye on those of `LOOKED_AT`; `FRESH` ones were written after.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kinds:
    """Texts by what they are."""

    feelings: tuple[str, ...]
    everyday: tuple[str, ...]
    nonsense: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        return self.feelings + self.everyday + self.nonsense


def _listed(texts: str) -> tuple[str, ...]:
    return tuple(" ".join(text.split()) for text in texts.split(";"))


LOOKED_AT = Kinds(
    feelings=_listed(
        """
    dépaysement; mamihlapinatapai; schmaltz; blue; down in the dumps; over the moon; on cloud nine;
    butterflies in the stomach; a heavy heart; a broken heart; goosebumps; the creeps; cold feet; at
    peace with the world; lump in the throat; walking on air; green with envy; seeing red; sick with
    worry; the blues; heart in mouth; spine-tingling; sunny; upbeat; radiant; homely; mellow;
    yearning for home; dismal; inconsolable; crestfallen; threatened; irate; livid; seething;
    repulsed; appalled; exposed; enamoured; spellbound; mesmerised; frantic; stubborn; wonderstruck;
    bone-tired; starry-eyed; panic-stricken; heartsick; soulful; starving for affection; the calm
    after a storm; the joy of coming home; fear of the dark; longing for a lost friend; quiet
    despair; sheer delight; utter dread; gentle sadness; burning rage; childlike wonder; silent
    grief; restless yearning; sweet sorrow; feeling left out; being in love for the first time;
    hushed expectation; fear of missing out; a sense of belonging; vague unease; deep contentment;
    mild annoyance; cabin fever; stage fright; schoolgirl crush; survivor's guilt; buyer's remorse;
    gallows humour; unrequited love; sibling rivalry; midlife crisis; spring fever; winter blues;
    feeling small in a vast world; first day of summer happiness; the ache of missing someone; the
    peace of early morning; fury at injustice; the thrill of the chase; dread of the unknown; pride
    in one's children; a mother's love; the sadness of parting; the hope of spring; lonely in a
    crowd; guilty pleasure; hurt feelings; tears of joy; trembling with fear; burning with shame;
    consumed by jealousy; drunk with happiness; overcome with emotion; lost in thought; at a loss;
    fed up; worn out; burnt out; beside oneself; madly in love; out of sorts; under the weather;
    full of wonder; full of regret; hopelessly in love; cautiously optimistic; painfully shy;
    quietly confident; blissfully unaware; bitterly disappointed; deeply moved; utterly alone;
    gently amused; darkly comic; strangely comforting; mildly disturbing; warm and fuzzy; cold and
    distant; free as a bird; happy go lucky; devil may care; weak at the knees; itchy feet; stir
    crazy; punch drunk; tongue tied; chuffed; gutted; peeved; miffed; bummed; stoked; psyched;
    chilled out; freaked out; creeped out; spaced out; hacked off; cheesed off; tickled pink;
    heavyhearted; brokenhearted; lighthearted joy; faint-hearted; warmhearted; half-hearted;
    hot-tempered; quick-tempered; clingy; needy; snappish; tetchy; crotchety; huffy; antsy; twitchy;
    queasy feeling; squeamish; flustered; rattled; shaken; unnerved; spooked; discombobulated;
    flummoxed; gobsmacked; dumbstruck; thunderstruck; bowled over; wowed; dazzled; entranced; head
    over heels; doting; affectionate warmth; cuddly; huggable; cherished; beloved; rejected by
    everyone; misunderstood; ignored; belittled; betrayed by a friend; cheated; wronged; victimised;
    suffocated; stifled; overburdened; swamped with sadness; pressured; stressed out; hounded;
    persecuted; hunted; unsafe; safe and sound; sheltered; protected; healed; reborn; redeemed;
    forgiven; chosen; needed; appreciated; respected; invincible; unstoppable; smug satisfaction;
    vindicated; carefree summer mood; prayerful; hallucinatory; feverish; hectic; tempestuous;
    stormy mood; brooding darkness; doom-laden; funereal; autumnal sadness; wintry loneliness;
    springlike joy; carnivalesque; boisterous; rowdy; rollicking; cheeky; sly amusement; bitter
    irony; rueful; apologetic; shamefaced; coy; flirtatious; sultry
        """
    ),
    everyday=_listed(
        """
    binder; briefcase; photocopier; whiteboard; projector; fax; postage; parcel; courier; stamp;
    notepad; eraser; pencil; ruler; scissors; highlighter; clipboard; desk; cubicle; agenda; quota;
    budget; balance sheet; invoice number; overdraft; pension; salary; audit; bookkeeping;
    procurement; logistics; wrench; crowbar; mallet; hacksaw; screw; nail; nut; lathe; anvil; clamp;
    tape measure; wheelbarrow; shovel; rake; lawnmower; chainsaw; compressor; crankshaft; camshaft;
    windscreen; headlight; brake; dashboard; odometer; seatbelt; handlebar; pedal; van; minibus;
    forklift; spoon; fork; ladle; whisk; sieve; corkscrew; frying pan; microwave; oven; sink; tap;
    faucet; bathtub; toilet; towel; soap; toothbrush; shampoo; hairdryer; ironing board; vacuum
    cleaner; bookcase; sofa; armchair; stool; bench; lampshade; windowsill; skirting board; plaster;
    cement; scaffold; girder; tomato; cucumber; lettuce; broccoli; celery; parsnip; garlic; beans;
    barley; oats; bread; sandwich; pancake; omelette; pasta; pizza; soup; salad; gravy; jam; sugar;
    salt; tablet; smartphone; microphone; loudspeaker; headphones; cursor; spreadsheet cell;
    hyperlink; email; username; encryption; processor; motherboard; semiconductor; diode; square;
    circle; cube; radius; hypotenuse; fraction; multiplication; average; theorem; calculus;
    statistics; carbon; hydrogen; potassium; nickel; tin; lead; sandstone; basalt; isotope; proton;
    neutron; hormone; antibody; plasma; wrist; shin; heel; jaw; rib; liver; spleen; pancreas; belt;
    hat; scarf; jacket; sweater; pyjamas; buckle; collar; duck; sparrow; sheep; pig; mouse; carp;
    cod; ant; wednesday; march; august; week; minute; millimetre; gallon; highway; pavement; bridge;
    kiosk; grocery; hardware store; garage; depot; terminal; hotel reception; queue; escalator;
    lift; football; tennis; basketball; hockey; skittles; biannual; circular; fiscal; diagonal;
    numeric; electrical; vertical; administrative; agricultural; compute; assemble; weigh; laminate;
    sort; type; commute; allocate; sweden; chicago; ottawa; peru; frankfurt; ministry; council;
    ballot; legislation; bylaw; noun; comma; alphabet; chapter; index; vinyl; polyester; steel;
    fibreglass; varnish
        """
    ),
    nonsense=_listed(
        """
    qwertzu; zxcvbn; yxcvbn; hjkl; poiuyt; lkjhgf; mnbvcx; qazwsx; edcrfv; tgbyhn; asdf; jklö;
    qweasd; wertz; fghjkl; sdfsdf; asdasd; dfgdfg; xkcdzq; bvrtpl; ghtrwq; zzxqv; pltkmn; wqrtz;
    kjhgtr; vvbnq; trplk; mzxcq; dkfjgh; slkdjf; wpeori; qpwoei; vmcnx; rtyghb; nbhjk; xzlkw; bqtrv;
    jxkqz; hgfdtr; lkmnbt; blorpish; flimbert; grontle; snazzleworp; drizzwick; plumbifax;
    wobblekint; frumptious; zindleberg; quontrific; slarvish; brimmelow; trindlefop; glabberty;
    vornicle; skreeble; mongrifat; drumbelix; fizzwarble; plonkerish; gribnack; tazzlemoor;
    yubbernaut; cromblet; splinterfax; wuggly; dwelfish; prattlenox; zorbiculate; fendrickle;
    ababab; xyxyxy; lalalolo; blablabla; bababa; zuzuzu; kikiki; wowowo; tatata; nanunanu; mimimi;
    fofofo; rararara; dododo; a1b2c3; x9x9x9; 123456; 9z8y7x; q1w2e3; 00000; 7h3q2; 4f4f4f; 31415;
    abc123; zz99; k8s2m; p0p0p; 42b17; 8675309; aaaaaa; zzzzzz; eeeee; ffffff; mmmmmmm; xxxxxx;
    tttttt; ooooo; gnarf; sproing; mlem; bleurgh; hmpf; pfff; grrk; zwoosh; kchk; brrt; thwip;
    skrrt; tlön; uqbar; orbis; tertius; gostak; doshes; distims; slithy; borogoves; mimsy; outgrabe;
    frabjous; callooh; callay; brillig; gimble; vorpal; tulgey; manxome; ulfrat; nemdak; porvit;
    saleko; mirtun; dakelo; vimora; rakuli; tebosan; nulikar; hastero; modrile; pelunka; gistare;
    jorvani; kelbast; wintufe; zadrimo; lopetra; falmigu; baskero; tindalu; jfkdls; aiueoh; eiowqp;
    pqowie; ncmxbv; djfhsk; wqeiou; zmxncb; alskdj; ghfjdk; tyruei; bvncmx; rewqfd; uyjhgt; iolkmj;
    ytrhgf; poilkj; bgtvfr; nhymju; kiloju; snorgblatt; wimblethorp; crungulous; squibberty;
    hexatrond; blimpterous; wexlo; prundit; hogvast; klemorin; yastupel; dravonki; zembular;
    quastrip; nifplok; jorbendak; tkvwq; mnrtx; zzkpl
        """
    ),
)

FRESH = Kinds(
    feelings=_listed(
        """
    awed by beauty; sick of it all; happy tears; proud of my son; cosy evening mood; cold dread
    creeping in; inner turmoil; a pang of guilt; a flash of anger; pure elation; tired of waiting;
    ill at ease; light of heart; fear that never leaves; warm glow inside; heavy with grief; aching
    for touch; bursting with pride; swooning; sobbing; weeping quietly; laughing out loud;
    shuddering; cringing; sulking; pouting; fuming; bristling; simmering resentment; smouldering
    desire; pangs of hunger for love; wide-eyed; bleary; groggy; frazzled; harried; fretful;
    skittish; aghast; horror-struck; stricken; shattered; crushed; deflated; beaten; chastened;
    touched by kindness; big-hearted; open-hearted; hard-hearted; bloodthirsty; murderous; catty;
    snobbish; stuck-up; cocky; bumptious; plucky; gutsy; gallant; unmoved; unafraid; unashamed;
    crabby; grouchy old man; bilious; lovely; tickled; amorous; yearnful; hankering; pensive
    silence; solemnly happy; tragic longing; hopeful despite everything; lugubrious mood; woebegone;
    rapt; blithe; chipper; perky; peppy; bubbly; giggly; tipsy joy
        """
    ),
    everyday=_listed(
        """
    asphalt; bandage; barcode; barometer; basement; bathroom scale; battery charger; bicycle pump;
    bookshelf; bracket; buffet; cable car; calculator; caravan; cash register; catalogue;
    cauliflower; chessboard; chlorine; cider; coathanger; coffee machine; compass needle; consonant;
    conveyor belt; coupon; crate; crayon; cuff; customs form; decagon; detergent; dictionary;
    digger; dustpan; elevator shaft; encyclopaedia; extension lead; fertiliser; filing cabinet;
    flowchart; footpath; fountain pen; furlong; gearstick; gherkin; gravel; grid reference; hacksaw
    blade; haddock; hairbrush; helium; histogram; hosepipe; ink cartridge; insulation; invoice date;
    ironmonger; janitor; jigsaw; junction; kerb; kiln; landline; lathe operator; leaflet; levy;
    lozenge; magnesium; margin; medlar; metronome; minibus timetable; mortar; mudguard; napkin ring;
    nettle; oatmeal; octagon; padlock; pavement slab; payslip; percentage point; pickaxe; pistachio;
    plughole; pocket; postcode; pulley; quota system; railcard; ramp; receiver; rhubarb; rotor;
    rucksack; sawdust; seaweed; semicolon; shelving
        """
    ),
    nonsense=_listed(
        """
    vlimp; dorkanit; hesplo; mirvax; quopel; trundav; shimbolt; glerf; ponduckle; wextrin;
    frobulate; zantip; kelvurst; blanquish; snorply; drebbish; yolgrin; tavmosk; quimble; nastrow;
    bdfkw; pqzzt; hhgjk; xcvfr; mkjnh; ytgfv; lpmko; jnhub; dcvfg; wsxcd; plmokn; ijnuhb; rfvtgb;
    yhnujm; qwedsa; zaqxsw; cxzdsa; fdsarew; tgbrfv; mnbvfd; wawawa; lolilo; pipopi; dudadu; gogogo;
    rirari; hahuhe; nonino; zizazo; xoxaxo; x7y8z9; 4g5h; 00x1; 9q8w7e; n3m2b; k1l2j3; 5t6r; 2z2z2z;
    b0b0b0; 7jh6; elgrath; vondrel; umbrisk; castoin; lerivan; dostrel; pamiko; surendal; tikora;
    welbrin; hustane; ordrick; lamvere; jestor; bilqua; fenrado; carvonte; miselda; rupheen;
    adostri; plurgle; smoggit; crantish; thworp; bligger; squonkle; nerf-nop; gloopen; skibwax;
    trinkleby; asdlkj; qwopei; zxmnbv; alsksj; eiruty; pqowlk; vbnrty; hgjfkd; slwoei; mznxbc;
    ummpf; zrrrt; grmbl; ffft; krkrkr; aaargl; shhmp; vwoop; tktktk; nnnng
        """
    ),
)
