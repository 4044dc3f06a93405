//! Random pairs of files, from pieces that have a meaning to some reader.

use super::Case;

/// A linear congruential generator (Knuth's constants), so that a seed gives the same files everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 0
    }

    fn pick<'a>(&mut self, from: &[&'a [u8]]) -> &'a [u8] {
        from[self.below(from.len())]
    }

    /// Mostly the first ones: the common pieces stand there.
    fn pick_common<'a>(&mut self, from: &[&'a [u8]]) -> &'a [u8] {
        let upto = if self.one_in(3) { from.len() } else { from.len().min(3) };
        from[self.below(upto)]
    }
}

/// What stands at the beginning of a line, between words, around `=`.
const SPACES: &[&[u8]] = &[
    b"",
    b" ",
    b"  ",
    b"\t",
    b"    ",
    b"\x0b",
    b"\x0c",
    b"\x1c",
    b"\x1d",
    b"\x1e",
    b"\x1f",
    b"\xc2\x85",
    b"\xc2\xa0",
    b"\xe2\x80\xa8",
    b"\xe2\x80\xa9",
    b"\xef\xbb\xbf",
    b"\xe3\x80\x80",
    b"\xe2\x80\x8b",
    b"\r",
    b"\0",
    b"\xe1\x9a\x80",
    b"\xe1\xa0\x8e",
    b"\xe2\x80\xaf",
];

const KINDS: &[&[u8]] = &[
    b"profile",
    b"profile",
    b"profile",
    b"sso-session",
    b"services",
    b"Profile",
    b"profilefoo",
    b"profiles",
    b"sso-sessions",
    b"services2",
    b"plugins",
    b"pro\"file\"",
    b"\"profile",
    b"profile.",
    b"sso-session.x",
    b"services.y",
    b"",
];

const NAMES: &[&[u8]] = &[
    b"a",
    b"b",
    b"c",
    b"default",
    b"\"a\"",
    b"'b'",
    b"\"a b\"",
    b"a b",
    b"a.b",
    b"services.y",
    b"sso-session.x",
    b"a]",
    b"[a]",
    b"\"a",
    b"a'",
    b"\\a",
    b"a\\",
    b"\"a\\\"b\"",
    b"\"\\a\"",
    b"'\\'",
    b"\"\"",
    b"\xc3\xa9",
    b"a#b",
    b"a;b",
    b"a=b",
    b"a:b",
    b"a/b@c+d%e",
    b"__proto__",
    b"toString",
    b"\"__proto__\"",
    b"DEFAULT",
    b"a\"b\"c",
    b"1",
    b"a,b",
    b"a*",
];

const BARE: &[&[u8]] = &[
    b"[a]",
    b"[b]",
    b"[default]",
    b"[DEFAULT]",
    b"[]",
    b"[ a ]",
    b"[default ]",
    b"[profile.a]",
    b"[profile.a b]",
    b"[profile]",
    b"[sso-session.x]",
    b"[services.y]",
    b"[profile.]",
    b"[profile a",
    b"[a]]",
    b"[[a]",
    b"[",
    b"]",
    b"[__proto__]",
    b"[\"a\"]",
    b"[profile a] [b]",
    b"[profile a]x",
    b"[Default]",
    b"[profile \"a\" \"b\"]",
    b"[a b]",
    b"[profile-a b]",
];

const KEYS: &[&[u8]] = &[
    b"region",
    b"output",
    b"s3",
    b"REGION",
    b"Output",
    b"k1",
    b"k2",
    b"k3",
    b"k4",
    b"k5",
    b"k6",
    b"a b",
    b"\xc3\x89",
    b"s3.x",
    b"__proto__",
    b"a:b",
    b"\xce\x91\xce\xa3",
    b"\xc4\xb0",
    b"a#b",
    b"",
    b"[a",
    b"\"k\"",
    b"-",
    b"a #b",
    b"constructor",
];

const VALUES: &[&[u8]] = &[
    b"x",
    b"eu-west-1",
    b"y",
    b"",
    b"",
    b"x # c",
    b"x ; c",
    b"x#c",
    b"x;c",
    b"#c",
    b" #c",
    b"a = b",
    b"a=b",
    b"http://h:1/p?q=r#f",
    b"%(x)s",
    b"%",
    b"\"q\"",
    b"'q",
    b"x\ty",
    b"[a]",
    b"\xc3\xa9\xf0\x9f\x98\x80",
    b"x\x0by = z",
    b"x\xc2\x85y = z",
    b"x\xe2\x80\xa8y",
    b"x\ry = z",
    b"\0",
    b"a\x1cb=c",
    b"a=b\x1fc=d",
];

const DELIMITERS: &[&[u8]] =
    &[b" = ", b"=", b" = ", b"= ", b" : ", b":", b" == ", b" =: ", b"\t=\t", b" \xc2\xa0=\xc2\xa0", b"\x1c=\x1c"];

const ENDS: &[&[u8]] = &[
    b"\n",
    b"\n",
    b"\n",
    b"\r\n",
    b"\r",
    b" \n",
    b"\t\r\n",
    b"\n\n",
    b"\n \n",
    b"\r\r\n",
    b" # c\n",
    b";c\n",
    b"#\n",
    b"\x0b\n",
    b"\x0c\n",
    b"\xc2\x85\n",
];

const BAD: &[&[u8]] = &[
    b"\xff",
    b"\x80",
    b"\xc3",
    b"\xe2\x80",
    b"\xed\xa0\x80",
    b"\xf0\x9f\x98",
    b"\xc0\xaf",
    b"\xf5",
    b"\xf4\x90\x80\x80",
    b"\xe0\x80\x80",
    b"\xf0\x80\x80\x80",
];

pub(super) fn cases(seed: u64, count: u64) -> Vec<Case> {
    (0..count)
        .map(|number| {
            let mut dice = Dice(seed.wrapping_mul(1_000_003).wrapping_add(number));
            dice.below(2);
            // A third of the files are tame, or botocore would refuse nearly all of them.
            let wild = dice.below(3);
            let mut file = |chance: usize| (dice.below(10) < chance).then(|| file(&mut dice, wild));
            Case { name: format!("{seed}-{number}"), config: file(9), credentials: file(5) }
        })
        .collect()
}

fn file(dice: &mut Dice, wild: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    if dice.one_in(20) {
        bytes.extend(b"\xef\xbb\xbf");
    }
    let mut used = Vec::new();
    for _ in 0..=dice.below(9) {
        if wild > 0 && dice.one_in(200) && bytes.len() < 7000 {
            // Up to the end of the first piece of 8192 bytes, so that errors on either side of it meet.
            let filler = [b"#\n".as_slice(), b"#\r", b"#\r\n", b"#\xc3\xa9\n"][dice.below(4)].repeat(4200);
            let to = 8150 + dice.below(45);
            bytes.extend(filler.iter().take(to - bytes.len()));
            bytes.extend(dice.pick(&[b"\n", b"\r", b""]));
        }
        if wild == 2 && dice.one_in(40) {
            soup(dice, &mut bytes);
        } else if dice.one_in(10) {
            bytes.extend(dice.pick_common(SPACES));
            bytes.extend(dice.pick(&[b"# c", b"; c = d", b"#", b"", b"  ", b"#[a]"]));
        } else if bytes.is_empty() || dice.one_in(3) {
            header(dice, &mut bytes, wild);
        } else {
            property(dice, &mut bytes, wild, &mut used);
        }
        if wild > 0 && dice.one_in(150) {
            bytes.extend(dice.pick(BAD));
        }
        bytes.extend(if wild == 0 { dice.pick(&ENDS[..9]) } else { dice.pick_common(ENDS) });
    }
    if dice.one_in(4) {
        bytes.pop();
    }
    bytes
}

fn header(dice: &mut Dice, bytes: &mut Vec<u8>, wild: usize) {
    if dice.one_in(8) {
        bytes.extend(dice.pick_common(SPACES));
    }
    if dice.one_in(4) {
        return bytes.extend(dice.pick(BARE));
    }
    bytes.push(b'[');
    if wild > 0 && dice.one_in(10) {
        bytes.extend(dice.pick_common(SPACES));
    }
    bytes.extend(dice.pick_common(KINDS));
    bytes.extend(if dice.one_in(4) { dice.pick(SPACES) } else { b" " });
    bytes.extend(dice.pick(NAMES));
    if wild > 0 && dice.one_in(10) {
        bytes.extend(dice.pick(SPACES));
    }
    bytes.push(b']');
    if dice.one_in(10) {
        bytes.extend(dice.pick(&[b" # c", b"#c", b" ; ]", b"x", b" [b]", b" \t", b" = y"]));
    }
}

fn property(dice: &mut Dice, bytes: &mut Vec<u8>, wild: usize, used: &mut Vec<usize>) {
    bytes.extend(if dice.one_in(2) { b"" } else { dice.pick_common(SPACES) });
    if dice.one_in(if wild == 0 { 60 } else { 12 }) {
        return bytes.extend(dice.pick(VALUES));
    }
    let mut key = dice.below(KEYS.len());
    if wild < 2 && used.contains(&key) {
        key = 5 + dice.below(6);
    }
    used.push(key);
    bytes.extend(KEYS[key]);
    bytes.extend(dice.pick_common(DELIMITERS));
    bytes.extend(if dice.one_in(3) { dice.pick(VALUES) } else { dice.pick_common(VALUES) });
    if dice.one_in(8) {
        // A block, and lines that go on.
        for _ in 0..=dice.below(3) {
            bytes.extend(b"\n");
            bytes.extend(dice.pick_common(SPACES));
            bytes.extend(dice.pick(&[
                b"a = b",
                b"A=B",
                b"c = d # e",
                b"c =",
                b"= d",
                b"e",
                b"# f",
                b"a=b=c",
                b"",
                b"[x]",
                b"g : h",
                b"http://x/?y=z",
            ]));
        }
    }
}

/// Letters that all mean something.
fn soup(dice: &mut Dice, bytes: &mut Vec<u8>) {
    for _ in 0..dice.below(14) {
        bytes.extend(dice.pick(&[
            b"[",
            b"]",
            b"=",
            b":",
            b"#",
            b";",
            b" ",
            b"\t",
            b"\n",
            b"\r",
            b"a",
            b"\"",
            b"'",
            b"\\",
            b"profile ",
            b"\xc2\xa0",
            b".",
        ]));
    }
}
