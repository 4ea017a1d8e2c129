import type { Verdict } from "../../src/index.ts";
import { canonicalContent } from "./canonical-content.ts";
import { mutate } from "./mutate.ts";
import { makeSamples, type Mutant, type Subject } from "./subject.ts";

/** Words that mean something to a parser of XML, to a reader of SAML, or to one who checks a signature. */
const MARKUP: readonly [string, ...string[]] = [
  "<!-- -->",
  "<!---->",
  "<![CDATA[x]]>",
  "<?php x?>",
  "<!DOCTYPE r [<!ENTITY e 'x'><!ENTITY f '&e;&e;'>]>",
  "<!DOCTYPE r SYSTEM 'file:///etc/passwd'>",
  "&e;",
  "&#x41;",
  "&#13;",
  "&amp;",
  "\r\n",
  " ",
  "\uFEFF",
  "\u0000",
  ' ID="_assertion-1"',
  ' ID="_response-1"',
  ' xml:id="_assertion-1"',
  ' Id="_assertion-1"',
  ' xmlns:saml="urn:x"',
  ' xmlns="urn:oasis:names:tc:SAML:2.0:assertion"',
  ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#"',
  ' URI=""',
  ' URI="#_response-1"',
  "<a>".repeat(300),
  "<saml:Extensions>",
  "</saml:Assertion>",
  "</samlp:Response>",
  "<ds:Object>",
  "</ds:Object>",
  "<samlp:Extensions>",
  "</samlp:Extensions>",
  "<saml:Advice>",
  "</saml:Advice>",
];

/**
 * A changed message may be verified when the change is outside what is signed, or makes no difference once
 * canonical. Then the evidence is that of the original, and another canonicalisation finds the same content.
 */
function complaintOf({ bytes, from }: Mutant, verdict: Verdict): string | undefined {
  if (verdict.signature !== "verified" && verdict.verdict !== "compliant") return undefined;
  if (JSON.stringify(verdict.evidence) !== JSON.stringify(from.verdict.evidence)) {
    return `the evidence differs from the original's: ${JSON.stringify(verdict.evidence)}`;
  }
  const original = canonicalContent(from.bytes.toString("utf8"));
  const signed = canonicalContent(bytes.toString("utf8"));
  if (signed.length > 0 && signed.every((content) => original.includes(content))) return undefined;
  return "the signed content differs from the original's, as xml-crypto canonicalises it";
}

/**
 * Signed XML under fuzz.
 *
 * @param good artifacts that the judge takes
 * @param words that mean something in them, besides those of every XML
 */
export async function markupSubject(
  good: readonly string[],
  words: readonly string[],
  judge: Subject["judge"],
): Promise<Subject> {
  const samples = await makeSamples(good, judge);
  const dictionary: readonly [string, ...string[]] = [...MARKUP, ...words];
  return {
    mutant: (random) => {
      const from = random.pick(samples);
      return { bytes: mutate(from.bytes, random, dictionary), from };
    },
    judge,
    complaint: complaintOf,
  };
}
