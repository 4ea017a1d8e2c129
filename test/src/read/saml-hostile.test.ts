import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SamlResponse } from "../../../src/artifact.ts";
import { readSamlResponse } from "../../../src/read/saml-response.ts";
import { rsaKey, samplePolicy, sampleResponse, signBoth, signSaml } from "../../support/signed-saml.ts";

const key = rsaKey();
const policy = samplePolicy([key]);
const plain = sampleResponse();
const both = signBoth(plain, key);
const utf8 = new TextEncoder();

function inRoot(text: string): string {
  return plain.replace("<samlp:Status>", `${text}<samlp:Status>`);
}

function many(count: number, piece: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => piece(index)).join("");
}

const ENTITIES = many(30, (index) => `<!ENTITY e${index + 1} "&e${index};&e${index};">`);
const UTF_16 = Uint8Array.from(Buffer.from(`\uFEFF<!DOCTYPE x>${plain}`, "utf16le"));

describe("hostile input is refused for what it is, at once and without throwing", () => {
  test.each([
    { name: "empty", xml: "", kind: "malformed" },
    { name: "not XML", xml: "SAMLResponse=PHNhbWw", kind: "malformed" },
    { name: "cut short", xml: both.slice(0, -9), kind: "malformed" },
    { name: "two roots", xml: both + plain, kind: "malformed" },
    { name: "text after the root", xml: `${both}x`, kind: "malformed" },
    { name: "attribute twice", xml: both.replace('ID="', 'ID="x" ID="'), kind: "malformed" },
    {
      name: "attribute twice by namespace",
      xml: inRoot("<a xmlns:p='urn:x' xmlns:q='urn:x' p:a='' q:a=''/>"),
      kind: "malformed",
    },
    {
      name: "junk in an end tag",
      xml: both.replace("</saml:Subject>", "</saml:Subject x>"),
      kind: "malformed",
    },
    { name: "undeclared entity", xml: inRoot("<a>&x;</a>"), kind: "malformed" },
    { name: "undeclared prefix", xml: inRoot("<x:a/>"), kind: "malformed" },
    { name: "relative namespace URI", xml: inRoot("<a xmlns='relative'/>"), kind: "malformed" },
    { name: "prefix xml bound elsewhere", xml: inRoot("<a xmlns:xml='urn:x'/>"), kind: "malformed" },
    { name: "NUL", xml: inRoot("<a>\0</a>"), kind: "malformed" },
    { name: "NUL after the root", xml: `${both}\0`, kind: "malformed" },
    { name: "lone surrogate", xml: inRoot("<a>\uD800</a>"), kind: "malformed" },
    { name: "XML 1.1", xml: `<?xml version="1.1"?>${both}`, kind: "malformed" },
    { name: "declared as UTF-16", xml: `<?xml version="1.0" encoding="UTF-16"?>${both}`, kind: "malformed" },
    {
      name: "declared in an encoding that is not read",
      xml: `<?xml version="1.0" encoding="Shift_JIS"?>${both}`,
      kind: "malformed",
    },
    {
      name: "declared as UTF-16, and is not",
      xml: utf8.encode(`<?xml version="1.0" encoding="UTF-16"?>${both}`),
      kind: "malformed",
    },
    {
      name: "declared as ASCII, and is not",
      xml: utf8.encode(`<?xml version="1.0" encoding="US-ASCII"?>${both.replace("alice@", "ålice@")}`),
      kind: "malformed",
    },
    {
      name: "declared as Latin-1 behind a byte order mark of UTF-8",
      xml: utf8.encode(`\uFEFF<?xml version="1.0" encoding="ISO-8859-1"?>${both}`),
      kind: "malformed",
    },
    { name: "two byte order marks", xml: `\uFEFF\uFEFF${both}`, kind: "malformed" },
    { name: "two byte order marks in bytes", xml: utf8.encode(`\uFEFF\uFEFF${both}`), kind: "malformed" },
    {
      name: "a byte order mark behind the declaration",
      xml: `<?xml version="1.0"?>\uFEFF${both}`,
      kind: "malformed",
    },
    { name: "a byte order mark behind the end", xml: `${both}\uFEFF`, kind: "malformed" },
    { name: "invalid UTF-8", xml: Uint8Array.from([...utf8.encode("<a>"), 0xc0, 0x80]), kind: "malformed" },
    { name: "UTF-16 with a DOCTYPE", xml: UTF_16, kind: "dtd" },
    {
      name: "marked as UTF-16, and declared as UTF-8",
      xml: Uint8Array.from(Buffer.from(`\uFEFF<?xml version="1.0" encoding="UTF-8"?>${both}`, "utf16le")),
      kind: "malformed",
    },
    {
      name: "marked as UTF-16, and cut in the middle of a unit",
      xml: Uint8Array.from(Buffer.from(`\uFEFF${both}`, "utf16le")).subarray(0, -1),
      kind: "malformed",
    },
    { name: "UTF-16 without a mark", xml: UTF_16.subarray(2), kind: "malformed" },
    { name: "10 000 levels", xml: inRoot("<a>".repeat(10_000) + "</a>".repeat(10_000)), kind: "malformed" },
    { name: "DOCTYPE", xml: `<!DOCTYPE x>${both}`, kind: "dtd" },
    // No parser gets to see it, so it is named even where nothing else is well-formed.
    { name: "DOCTYPE alone, behind a line break", xml: '<?xml version="1.0"?>\n<!DOCTYPE x [<', kind: "dtd" },
    { name: "DOCTYPE alone, behind blanks", xml: "  <!-- --> \t\n<!DOCTYPE x [<", kind: "dtd" },
    {
      name: "DOCTYPE behind a comment",
      xml: `<?xml version="1.0"?>\n<!-- <a> --><?x y?> <!DOCTYPE x>${both}`,
      kind: "dtd",
    },
    {
      name: "external entity",
      xml: `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>${inRoot("<a>&f;</a>")}`,
      kind: "dtd",
    },
    {
      name: "entity bomb",
      xml: `<!DOCTYPE x [<!ENTITY e0 "ha">${ENTITIES}]>${inRoot("<a>&e30;</a>")}`,
      kind: "dtd",
    },
    {
      name: "attribute default",
      xml: `<!DOCTYPE x [<!ATTLIST saml:Assertion ID CDATA "x">]>${both}`,
      kind: "dtd",
    },
    { name: "over 2 MiB", xml: " ".repeat(2 * 1024 * 1024 + 1), kind: "too-large" },
    {
      name: "namespace flood",
      xml: inRoot(`<a ${many(100, (index) => `xmlns:n${index}="urn:x" `)}/>`),
      kind: "too-large",
    },
    { name: "element flood", xml: inRoot("<a/>".repeat(400_000)), kind: "too-large" },
    { name: "processing instruction", xml: inRoot("<?x y?>"), kind: "structure" },
    {
      name: "processing instruction before the root",
      xml: `<?xml-stylesheet href="x"?>${both}`,
      kind: "structure",
    },
    {
      name: "processing instruction in a value",
      xml: both.replace(">alice<", ">al<?x?>ice<"),
      kind: "structure",
    },
    { name: "another root", xml: "<html/>", kind: "structure" },
    {
      name: "SAML 1.1 root",
      xml: both.replaceAll("SAML:2.0:protocol", "SAML:1.0:protocol"),
      kind: "structure",
    },
    {
      name: "request instead of response",
      xml: both.replaceAll("samlp:Response", "samlp:AuthnRequest"),
      kind: "structure",
    },
    { name: "the same ID twice", xml: inRoot("<a ID='1'/><b id='1'/>"), kind: "structure" },
  ])("$name → $kind", async ({ xml, kind }) => {
    const { artifact, signature, obstacles } = await readSamlResponse(xml, policy);
    expect(artifact).toBeUndefined();
    expect(signature).toBe("failed");
    expect(obstacles.map((obstacle) => obstacle.kind)).toEqual([kind]);
  });
});

test("20 000 attributes of one element are taken", async () => {
  const flood = plain.replace("<saml:NameID", `<saml:NameID ${many(20_000, (index) => `a${index}="" `)}`);
  expect((await readSamlResponse(signSaml(flood, "Assertion", key), policy)).signature).toBe("verified");
});

test("what is no more than text about markup is taken", async () => {
  const text = "<![CDATA[<!DOCTYPE x><?x?>]]><!-- <!DOCTYPE x> -->";
  const xml = signSaml(plain.replace("alice@", `${text}@`), "Assertion", key);
  expect((await readSamlResponse(xml, policy)).signature).toBe("verified");
});

/** The envelope counts only while its signature is there: whoever takes that away is left with the assertion's. */
function expectUnchanged(genuine: SamlResponse | undefined, found: SamlResponse | undefined): void {
  expect(found?.assertion).toEqual(genuine?.assertion);
  if (found?.envelope.signed === true) expect(found.envelope).toEqual(genuine?.envelope);
}

test("one changed byte never shows different signed content", async () => {
  const genuine = await readSamlResponse(both, policy);
  const bytes = utf8.encode(both);
  const position = fc.nat({ max: bytes.length - 1 });
  await fc.assert(
    fc.asyncProperty(position, fc.nat({ max: 255 }), async (at, byte) => {
      const changed = bytes.with(at, byte);
      const { artifact, signature } = await readSamlResponse(changed, policy);
      expectUnchanged(signature === "verified" ? genuine.artifact : undefined, artifact);
    }),
    { numRuns: 600 },
  );
});

test("pieces taken out, doubled or moved never show different signed content", async () => {
  const genuine = await readSamlResponse(both, policy);
  const pieces = both.split(/(?=<)/);
  const place = fc.nat({ max: pieces.length });
  await fc.assert(
    fc.asyncProperty(place, fc.nat({ max: 8 }), place, fc.boolean(), async (from, length, to, keep) => {
      const moved = pieces.slice(from, from + length);
      const rest = keep ? [...pieces] : pieces.toSpliced(from, length);
      const { artifact, signature } = await readSamlResponse(
        rest.toSpliced(to, 0, ...moved).join(""),
        policy,
      );
      expectUnchanged(signature === "verified" ? genuine.artifact : undefined, artifact);
    }),
    { numRuns: 400 },
  );
});

test.each([
  { name: "bytes", input: fc.uint8Array({ maxLength: 200 }) },
  { name: "text", input: fc.string({ unit: "binary", maxLength: 200 }) },
  {
    name: "markup",
    input: fc
      .array(
        fc.constantFrom(
          "<",
          ">",
          "/",
          "a",
          "=",
          '"',
          " ",
          "&",
          ";",
          "!",
          "--",
          "?",
          "[CDATA[",
          "]]>",
          ":",
          "xmlns",
        ),
        { maxLength: 40 },
      )
      .map((parts) => parts.join("")),
  },
])("random $name never throws", async ({ input }) => {
  await fc.assert(
    fc.asyncProperty(input, async (xml) => {
      expect((await readSamlResponse(xml, policy)).artifact).toBeUndefined();
    }),
    { numRuns: 200 },
  );
});
