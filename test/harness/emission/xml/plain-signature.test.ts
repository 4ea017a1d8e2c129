import { DOMParser } from "@xmldom/xmldom";
import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { ExclusiveCanonicalization } from "xml-crypto";
import type { Emission } from "../../../../harness/emission/emission.ts";
import { patched } from "../../../../harness/emission/patch.ts";
import { samlProfile } from "../../../../harness/emission/profiles/saml.ts";
import { wsFedProfile } from "../../../../harness/emission/profiles/wsfed.ts";
import { samlResponseXml } from "../../../../harness/emission/saml/xml.ts";
import { wsFedResponseXml } from "../../../../harness/emission/wsfed/xml.ts";
import { signWithLibrary } from "../../../../harness/emission/xml/library-signature.ts";
import { signPlainXml } from "../../../../harness/emission/xml/plain-signature.ts";
import type { XmlSignaturePlace } from "../../../../harness/emission/xml/signature-place.ts";
import type { XmlSigner } from "../../../../harness/emission/xml/signer.ts";
import { BUNDLED_SCENARIOS } from "../../../../harness/scenario/bundled.ts";
import { loadScenarios } from "../../../../harness/scenario/load.ts";
import { makeEmitter } from "../saml/emissions.ts";

const now = 1_800_000_000;
const KEY_INFO = "<ds:KeyName>mock</ds:KeyName>";

let signer: XmlSigner;

beforeAll(async () => {
  const emitter = await makeEmitter();
  signer = await emitter.signer("published");
});

/** The document as both would digest it, every difference of mere spelling gone. */
function canonical(xml: string): string {
  return new ExclusiveCanonicalization().process(
    new DOMParser().parseFromString(xml, "text/xml").documentElement,
    {},
  );
}

/** The library writes them as they are, and a parser would take them for line feeds. */
function keepBreaks(xml: string): string {
  return xml.replace(/[\u0085\u2028]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Signed by both, and nothing else changed. */
async function bothSign(xml: string, place: XmlSignaturePlace) {
  const plain = await signPlainXml(xml, place, signer, KEY_INFO);
  const library = plain && (await signWithLibrary(xml, place, signer, {}, KEY_INFO));
  return { plain: plain && canonical(plain), library: library && canonical(keepBreaks(library)) };
}

const RESPONSE: XmlSignaturePlace = { path: ["Response"], idAttribute: "ID", position: "after-issuer" };
const ASSERTION: XmlSignaturePlace = { ...RESPONSE, path: ["Response", "Assertion"] };
const TOKEN = ["*", "RequestedSecurityToken", "Assertion"];
const SAML1: XmlSignaturePlace = { path: TOKEN, idAttribute: "AssertionID", position: "last" };

function unsigned({ channel, profile, patch }: Emission): string | undefined {
  if (channel === "saml") {
    const names = { issuer: "http://127.0.0.1:1/saml/metadata", audience: "http://127.0.0.1:2/sp" };
    const asked = {
      user: "a.gent@partner.example",
      acs: "http://127.0.0.1:2/acs?a=1&b=2",
      requestId: "_request",
    };
    const model = patched("samlResponse", samlProfile(profile, { ...names, ...asked, now }), patch);
    return model && samlResponseXml(model);
  }
  const names = { issuer: "http://127.0.0.1:1/wsfed", realm: "urn:federation:MicrosoftOnline" };
  const model = patched(
    "wsFedResponse",
    wsFedProfile(profile, { ...names, user: "a.gent@partner.example", now }),
    patch,
  );
  return model && wsFedResponseXml(model);
}

const PLACES: Readonly<Partial<Record<string, readonly XmlSignaturePlace[]>>> = {
  saml: [ASSERTION, RESPONSE],
  wsfed: [SAML1],
};

/** The same value over the same SignedInfo, so over the same digest: PKCS #1 v1.5 leaves nothing to chance. */
const SIGNATURE = /<ds:Signature .*<\/ds:Signature>/s;

function differenceOf({ channel, profile, patch }: Emission): string {
  return JSON.stringify([channel, profile, patch]);
}

test("every response of the catalogue is signed as the library signs it", async () => {
  const scenarios = await loadScenarios([BUNDLED_SCENARIOS]);
  const different = new Map(scenarios.map(({ emission }) => [differenceOf(emission), emission]));
  const counted = { plain: 0, library: 0 };
  for (const emission of different.values()) {
    for (const place of PLACES[emission.channel] ?? []) {
      const xml = unsigned(emission) ?? "";
      const plain = await signPlainXml(xml, place, signer, KEY_INFO);
      const library = plain && (await signWithLibrary(xml, place, signer, {}, KEY_INFO));
      counted[plain === undefined ? "library" : "plain"] += 1;
      expect(plain && SIGNATURE.exec(plain)?.[0]).toBe(library && SIGNATURE.exec(library)?.[0]);
    }
  }
  // The library is left what lacks the element, its name or its issuer, and SAML 2.0 by WS-Federation.
  expect(counted.plain).toBeGreaterThan(10 * counted.library);
}, 60_000);

/** Text of every kind that XML can hold, escaped in the ways that the emitter escapes it. */
const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "&amp;",
        "&lt;",
        "&gt;",
        "&quot;",
        "&#9;",
        "&#10;",
        "&#13;",
        "&#133;",
        "&#8232;",
        "'",
        "  ",
      ),
      fc.constantFrom("\u00e9", "\u{1f511}", "\ue000", "]]&gt;", "xmlns:a=", "-->"),
      fc.stringMatching(/^[a-z =:/]{0,8}$/),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(""));

const PREFIXES = ["", "a:", "b:"];
const URIS = ["urn:one", "urn:two", "urn:one"];

interface Tree {
  readonly prefix: string;
  readonly local: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly declared: readonly (readonly [string, string])[];
  readonly children: readonly (Tree | string)[];
}

const { tree } = fc.letrec<{ tree: Tree; child: Tree | string }>((tie) => ({
  child: fc.oneof({ maxDepth: 4 }, hostileText, tie("tree")),
  tree: fc.record({
    prefix: fc.constantFrom(...PREFIXES),
    local: fc.constantFrom("Issuer", "x", "y.z", "Z-1"),
    attributes: fc.uniqueArray(
      fc.tuple(fc.constantFrom("q", "Q", "a:q", "b:q", "a:p", "xml:lang"), hostileText),
      { selector: ([name]) => name, maxLength: 4 },
    ),
    declared: fc.uniqueArray(
      fc.tuple(fc.constantFrom("xmlns", "xmlns:a", "xmlns:b"), fc.constantFrom(...URIS)),
      {
        selector: ([name]) => name,
        maxLength: 3,
      },
    ),
    children: fc.array(tie("child"), { maxLength: 4 }),
  }),
}));

function write({ prefix, local, attributes, declared, children }: Tree, more = ""): string {
  const written = [...declared, ...attributes].map(([name, value]) => ` ${name}="${value}"`).join("");
  const content = children.map((child) => (typeof child === "string" ? child : write(child))).join("");
  const name = `${prefix}${local}`;
  return content === "" && more === ""
    ? `<${name}${written}/>`
    : `<${name}${written}>${more}${content}</${name}>`;
}

/** Two attributes of one namespace and one name, under two prefixes, are no XML with namespaces. */
function isDocument(xml: string): boolean {
  const problems: string[] = [];
  const errorHandler = (_level: string, problem: string): void => void problems.push(problem);
  new DOMParser({ errorHandler }).parseFromString(xml, "text/xml");
  return problems.length === 0;
}

test("any XML of this kind is signed as the library signs it", async () => {
  const property = fc.asyncProperty(tree, tree, async (outer, inner) => {
    const attributes = inner.attributes.filter(([name]) => name !== "ID");
    const signed = write(
      { ...inner, prefix: "", local: "Signed", attributes: [...attributes, ["ID", "_1"]] },
      "<Issuer/>",
    );
    const around = `xmlns="urn:default" xmlns:a="urn:one" xmlns:b="urn:other"`;
    const xml = `<Root ${around} b:k="1">${write(outer)}${signed}</Root>`;
    fc.pre(isDocument(xml));
    const place = { path: ["Root", "Signed"], idAttribute: "ID", position: "after-issuer" } as const;
    const { plain, library } = await bothSign(xml, place);
    expect(plain).toBeDefined();
    expect(plain).toBe(library);
  });
  await fc.assert(property, { numRuns: 150 });
});

describe("what is not plain is left to the library", () => {
  const start = '<Response ID="_1">';
  test.each([
    { what: "a comment", xml: `${start}<Issuer/><!-- --></Response>` },
    { what: "a processing instruction", xml: `${start}<Issuer/><?p?></Response>` },
    { what: "a CDATA section", xml: `${start}<Issuer/><![CDATA[a]]></Response>` },
    { what: "a document type", xml: `<!DOCTYPE Response>${start}<Issuer/></Response>` },
    { what: "an XML declaration", xml: `<?xml version="1.0"?>${start}<Issuer/></Response>` },
    { what: "another reference", xml: `${start}<Issuer/>&apos;&#x41;</Response>` },
    { what: "a raw carriage return", xml: `${start}<Issuer/>\r</Response>` },
    { what: "a raw tab in an attribute", xml: `<Response ID="_1" a="\t"><Issuer/></Response>` },
    { what: "an attribute in single quotes", xml: `<Response ID="_1" a='b'><Issuer/></Response>` },
    { what: "an attribute that is there twice", xml: `<Response ID="_1" ID="_2"><Issuer/></Response>` },
    { what: "a prefix of no namespace", xml: `${start}<Issuer/><a:b/></Response>` },
    { what: "xml as another namespace", xml: `<Response xmlns:xml="urn:x" ID="_1"><Issuer/></Response>` },
    { what: "tags that cross", xml: `${start}<Issuer/><a><b></a></b></Response>` },
    { what: "no end", xml: `${start}<Issuer/>` },
    { what: "more behind the end", xml: `${start}<Issuer/></Response> ` },
    { what: "an ID that a URI cannot hold", xml: `<Response ID="&quot;"><Issuer/></Response>` },
    { what: "no ID", xml: `<Response><Issuer/></Response>` },
    { what: "no Issuer to come after", xml: `${start}<a/></Response>` },
    { what: "a signature that is there already", xml: `${start}<Issuer/><Signature/></Response>` },
    { what: "another document", xml: `<Other ID="_1"><Issuer/></Other>` },
    { what: "an abyss", xml: `${start}<Issuer/>${"<a>".repeat(200)}${"</a>".repeat(200)}</Response>` },
  ])("$what", async ({ xml }) => {
    expect(await signPlainXml(xml, RESPONSE, signer, null)).toBeUndefined();
  });

  test("the same without it is plain", async () => {
    const xml = await signPlainXml(`${start}<Issuer/></Response>`, RESPONSE, signer, null);
    expect(xml).toMatch(/^<Response ID="_1"><Issuer\/><ds:Signature .*<\/ds:Signature><\/Response>$/);
  });
});
