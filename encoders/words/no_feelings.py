"""Texts that name no feeling: what emotion words are told apart from.

None of them is in the vocabulary. Their vectors are kept with a model, beside the vocabulary's.
"""


def _listed(texts: str) -> tuple[str, ...]:
    return tuple(" ".join(text.split()) for text in texts.split(";"))


EVERYDAY_WORDS = _listed(
    """
    adjacent; aluminium; ankle; annual; appendix; auditor; bakery; beetle; belgium; bicycle;
    biscuit; blender; bolt; brick; broom; browser; bumper; button; cabbage; calcium; capacitor; car
    park; carburettor; cardboard; carrot; cartilage; circumference; clerk; committee; compiler;
    contract; copper; cow; cupboard; customs; cylindrical; database; deliver; dentist; digital;
    dipstick; dishwasher; dividend; drawer; dumbbell; elbow; envelope; enzyme; exhaust; flour;
    folder; fortnight; fuse; gasket; gearbox; glossary; goat; granite; gutter; handbag; hen;
    hexagon; hinge; horizontal; inch; inflation; install; invoice; kettle; kidney; kilometre;
    kilowatt; ladder; laptop; lentils; limestone; litre; logarithm; luggage; manager; margarine;
    mattress; measure; median; megabyte; modem; molecule; monday; noon; nylon; oslo; oval;
    paperclip; parallel; payroll; pepper; pharmacy; piston; pixel; plastic; platform; plumber;
    plywood; porridge; portable; potato; pretzel; protein; purchase; quarterly; quartz; radiator;
    rearrange; rectangle; rectangular; recycle; resistor; retail; rice; rivet; roof; router; sander;
    saucepan; scooter; scoreboard; screwdriver; shoelace; snail; sock; spark plug; spinach;
    spreadsheet column; squirrel; string; surveyor; tariff; teaspoon; thumb; ticket; tractor; tram;
    transistor; translate; treadmill; tubular; tuesday; turnip; tyre; umbrella; vinegar; vitamin;
    voltage; vowel; washer; washing machine; website; welder; wholesale; yeast
    """
)
"""Words of offices, workshops, kitchens, sciences and streets."""

NONSENSE = _listed(
    """
    08nai75; 2a9z; 3i7fqg; 3pw40; 5bqvi; agawya; aqoyvgdpm; asd; asdfgh; bebe; bh1pc; blimty;
    brantish; btvip; bugimno; caca; cdip; cecece; codukuco; cofribi; cova; czcqbch; dezogupap;
    dirjiranki; dmcldbta; domatujim; drindness; droopsome; dupowusu; dwmgilxp; fleeby; fmt7hdjv;
    foomy; fufufu; fwdpg; giwalhur; glorpous; gogo; grinsome; gztrsjoc; hami; hbjfqxcjm; hbmadmrqj;
    hobblish; ikkzl; j3qh2r; jejeje; jewwofesa; jlmrejdp; jmxnucatg; jnddrp; juwahraba; kahud; kavi;
    kefvilejpi; kghaxidwh; kihmazcevcab; kjhg; kokokoko; kokokokoko; kprdlnktu; krandled;
    kuktefditnic; kx9w2; kzzkdpd; ledewu; lhis; lorol; marbulous; mecamuw; misinuze; mooshy; msjae;
    n2cp5u9m; nambous; nfbqob; nlozm2wk; o1pq44j; obzzng; og71sv5; pahe; pipo; plindy; ploomity;
    pubhurhen; pwuounlrf; pzswvgn; qtdgdtugj; quendish; r9afu; rapulnawgap; reki; ricukahji; rm69w;
    rorororo; rthak; sanhap; snerfing; sura; tadozej; tewu; thrindle; tiwifebhej; tnpzmtsh; trankly;
    trubious; tuhihumup; tukoveb; ucxeamvn; uiop; uytrewq; vabu; vbn; vbnm; veccabmas; vexolous;
    viksa; vitpuvezu; vivivivi; vk3y; vlsute; wombling; yaddled; zorpful
    """
)
"""Letters at random, made-up syllables, English endings on no word, keyboard rows, letters among digits."""

NO_FEELINGS = EVERYDAY_WORDS + NONSENSE
