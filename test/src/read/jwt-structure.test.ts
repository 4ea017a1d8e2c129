import { describe, expect, test } from "vitest";
import { MAX_DEPTH } from "../../../src/read/jwt-json.ts";
import { readToken } from "../../../src/read/jwt.ts";
import { idClaims, oidcPolicy, rsaKey, segment, signed, signSegments } from "../support/tokens.ts";

const key = rsaKey("k1");
const policy = oidcPolicy([key]);
const header = { alg: "RS256", kid: "k1" };
const good = signed(header, idClaims(), key);
const [h = "", p = "", s = ""] = good.split(".");

async function kinds(jwt: string): Promise<readonly string[]> {
  return (await readToken(jwt, policy)).obstacles.map(({ kind }) => kind);
}

/** A valid token whose payload is this very text. */
function over(payload: string): string {
  return signed(header, payload, key);
}

/** The claims as JSON text, with more text before the closing brace. */
function claimsText(more: string): string {
  return `${JSON.stringify(idClaims()).slice(0, -1)},${more}}`;
}

/** The same base64url with the lowest bit of its last character turned. */
function lastOf(text: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return text.slice(0, -1) + alphabet.charAt(alphabet.indexOf(text.slice(-1)) + 1);
}

/** A segment whose last character has bits to spare. */
function uneven(text: string): string {
  return segment(`${text}${" ".repeat(text.length % 3 === 0 ? 1 : 0)}`);
}

/** Claims with an array nested so deep. */
function nested(levels: number): string {
  return claimsText(`"x":${"[".repeat(levels)}${"]".repeat(levels)}`);
}

describe("a token that is not exactly a compact JWS", () => {
  test.each([
    { what: "nothing", jwt: "", kind: "malformed" },
    { what: "two segments", jwt: `${h}.${p}`, kind: "malformed" },
    { what: "one cut off, with dots at the end", jwt: `${good.slice(0, 200)}...`, kind: "malformed" },
    { what: "four segments", jwt: `${good}.x`, kind: "malformed" },
    { what: "five segments, not encrypted", jwt: `${good}.x.y`, kind: "malformed" },
    {
      what: "JSON serialisation",
      jwt: JSON.stringify({ payload: p, protected: h, signature: s }),
      kind: "malformed",
    },
    { what: "a line break at the end", jwt: `${good}\n`, kind: "malformed" },
    { what: "a blank in front", jwt: ` ${good}`, kind: "malformed" },
    { what: "padding", jwt: `${h}.${p}==.${s}`, kind: "malformed" },
    { what: "a standard base64 character", jwt: `${h}.${p}.+${s.slice(1)}`, kind: "malformed" },
    {
      what: "another character in the last, shorter group",
      jwt: `${h}.${p}.${s.slice(0, -2)}+${s.slice(-1)}`,
      kind: "malformed",
    },
    { what: "a letter of another script", jwt: `${h}.${p}.ä${s.slice(1)}`, kind: "malformed" },
    { what: "a length that base64 cannot have", jwt: `${h}.${p}.${s}AAA`, kind: "malformed" },
    { what: "dots only", jwt: ".".repeat(1_000_000), kind: "malformed" },
    {
      what: "a JWE",
      jwt: `${segment({ alg: "RSA-OAEP-256", enc: "A256GCM", cty: "JWT" })}.a.b.c.d`,
      kind: "encrypted",
    },
    { what: "too many characters", jwt: `${h}.${"A".repeat(2 * 1024 * 1024)}.${s}`, kind: "too-large" },
    {
      what: "a header of 1 MB",
      jwt: signed({ ...header, pad: "x".repeat(1_000_000) }, idClaims(), key),
      kind: "too-large",
    },
  ])("$what → $kind", async ({ jwt, kind }) => {
    expect(await kinds(jwt)).toEqual([kind]);
  });

  test("non-zero bits after the last byte are refused in every segment", async () => {
    // 256 signature bytes leave one: two characters, four unused bits.
    expect(s.length % 4).toBe(2);
    expect(await kinds(`${h}.${p}.${lastOf(s)}`)).toEqual(["malformed"]);
    const odd = uneven(JSON.stringify(header));
    expect(await kinds(signSegments(odd, p, key))).toEqual([]);
    expect(await kinds(signSegments(lastOf(odd), p, key))).toEqual(["malformed"]);
    const payload = uneven(JSON.stringify(idClaims()));
    expect(await kinds(signSegments(h, payload, key))).toEqual([]);
    expect(await kinds(signSegments(h, lastOf(payload), key))).toEqual(["malformed"]);
  });
});

describe("a payload that is signed but not a clean JSON object", () => {
  test.each([
    { what: "an array", payload: "[]" },
    { what: "a string", payload: '"mfa"' },
    { what: "null", payload: "null" },
    { what: "nothing", payload: "" },
    { what: "trailing text", payload: `${JSON.stringify(idClaims())}x` },
    { what: "a second object", payload: `${JSON.stringify(idClaims())}{}` },
    { what: "a byte order mark", payload: `\ufeff${JSON.stringify(idClaims())}` },
    { what: "a claim named twice", payload: claimsText('"amr":["mfa"]') },
    { what: "a claim named twice, once escaped", payload: claimsText('"\\u0061mr":["mfa"]') },
    { what: "a nested member named twice", payload: claimsText('"x":{"y":[{"z":1,"z":1}]}') },
    { what: "__proto__ named twice", payload: claimsText('"__proto__":1,"__proto__":2') },
    { what: "a comment", payload: claimsText("/* */") },
  ])("$what → malformed", async ({ payload }) => {
    expect(await kinds(over(payload))).toEqual(["malformed"]);
  });

  test("bytes that are not UTF-8 → malformed", async () => {
    const bytes = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]);
    expect(await kinds(signSegments(h, bytes.toString("base64url"), key))).toEqual(["malformed"]);
  });

  test("a header member named twice → malformed", async () => {
    const twice = '{"alg":"none","alg":"RS256","kid":"k1"}';
    expect(await kinds(signed(twice, idClaims(), key))).toEqual(["malformed"]);
  });

  test("nesting beyond the limit → too-large, at once even when it is very deep", async () => {
    expect(await kinds(over(nested(MAX_DEPTH - 1)))).toEqual([]);
    expect(await kinds(over(nested(MAX_DEPTH)))).toEqual(["too-large"]);
    expect(await kinds(over(nested(700_000)))).toEqual(["too-large"]);
  });
});

describe("a token that is unusual but right is read", () => {
  test.each([
    { what: "white space in the JSON", payload: JSON.stringify(idClaims(), null, 2) },
    { what: "escapes", payload: claimsText('"\\u0065xtra":"\\ud83d\\ude00 \\/ \\"x\\":"') },
    { what: "colons and braces inside strings", payload: claimsText('"url":"https://x/{a:[b]}:"') },
    { what: "__proto__ as a claim", payload: claimsText('"__proto__":{"amr":["mfa"]}') },
    { what: "the same name in two objects", payload: claimsText('"a":{"x":1},"b":{"x":1}') },
    { what: "one megabyte", payload: claimsText(`"pad":"${"x".repeat(1_000_000)}"`) },
    { what: "100 000 methods", payload: JSON.stringify(idClaims({ amr: Array(100_000).fill("pwd") })) },
    { what: "a header of ten thousand characters", payload: JSON.stringify(idClaims()), pad: 10_000 },
  ])("$what", async ({ payload, pad = 0 }) => {
    expect(pad).toBeLessThan(64 * 1024);
    const { signature, obstacles } = await readToken(
      signed({ ...header, pad: "x".repeat(pad) }, payload, key),
      policy,
    );
    expect({ signature, obstacles }).toEqual({ signature: "verified", obstacles: [] });
  });
});

// 49 152 bytes are 64 Ki characters of base64url, the limit, which a header may have.
test.each([
  { bytes: 49_152, obstacles: [] },
  { bytes: 49_153, obstacles: ["too-large"] },
])("a header of $bytes bytes → $obstacles", async ({ bytes, obstacles }) => {
  const pad = "x".repeat(bytes - JSON.stringify({ ...header, pad: "" }).length);
  const jwt = signed({ ...header, pad }, idClaims(), key);
  expect(jwt.indexOf(".")).toBe(Math.ceil((bytes * 4) / 3));
  expect((await readToken(jwt, policy)).obstacles.map(({ kind }) => kind)).toEqual(obstacles);
});

test("a token that was cut off is said to be, not taken for a JWE of five segments", async () => {
  const { obstacles } = await readToken(`${good.slice(0, 200)}...`, policy);
  expect(obstacles.map(({ message }) => message)).toEqual([expect.stringContaining("cut off")]);
});
