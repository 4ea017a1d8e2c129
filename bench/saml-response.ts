import { proveWorth } from "./control.ts";
import type { Measured } from "./goal.ts";
import { race } from "./race.ts";
import { makeSamlValidators } from "./saml-validators.ts";
import { attributeText, makeSigningKey, signedResponse, type SigningKey } from "./signed-response.ts";

/** Attributes as an identity provider sends them; they bring the message to about 5 KB. */
const ATTRIBUTES = ["mail", "givenName", "sn", "eduPersonPrincipalName", "eduPersonAffiliation"].map((name) =>
  attributeText(`urn:bench:${name}`, [`${name} of a.gent`, "member@partner.example"]),
);

/** Goals 3 and 5: a full judgement against the usual validators, and what a second signature costs. */
export async function measureSamlResponse(now: number): Promise<readonly Measured[]> {
  const key = await makeSigningKey(now);
  return [...(await measureAgainstPeers(key, now)), await measureSecondSignature(key, now)];
}

/** The message with one byte of the signed assertion changed. */
function tamper(xml: string): string {
  return xml.replace(">a.gent<", ">b.gent<");
}

async function measureAgainstPeers(key: SigningKey, now: number): Promise<readonly Measured[]> {
  const xml = signedResponse({ attributes: ATTRIBUTES.join(""), signed: "assertion", now }, key);
  const { ours, ...peers } = makeSamlValidators(key.certificate, "assertion", now);
  const named = [
    { peer: "node-saml", theirs: peers["node-saml"], must: { bar: 10, better: "more" } },
    { peer: "samlify", theirs: peers.samlify },
    { peer: "xml-crypto, the signature alone", theirs: peers["xml-crypto"] },
  ] as const;
  const goal = `3 SAML response of ${(xml.length / 1024).toFixed(1)} KB, full judgement`;
  const measured: Measured[] = [];
  await proveWorth("our judge", ours, xml, tamper(xml));
  for (const { theirs, ...goals } of named) {
    await proveWorth(goals.peer, theirs, xml, tamper(xml));
    const rates = await race(
      async () => await ours(xml),
      async () => await theirs(xml),
    );
    const figures = `${Math.round(rates.ours)}/s against ${Math.round(rates.theirs)}/s`;
    measured.push({ goal, ...goals, ratio: rates.ours / rates.theirs, figures });
  }
  return measured;
}

async function measureSecondSignature(key: SigningKey, now: number): Promise<Measured> {
  const attributes = ATTRIBUTES.join("");
  const one = signedResponse({ attributes, signed: "assertion", now }, key);
  const both = signedResponse({ attributes, signed: "both", now }, key);
  const { ours } = makeSamlValidators(key.certificate, "both", now);
  await proveWorth("our judge", ours, both, both.replace("status:Success", "status:Responder"));
  const rates = await race(
    async () => await ours(both),
    async () => await ours(one),
  );
  return {
    goal: "5 Response and Assertion signed, time of one against the Assertion alone",
    peer: "ours",
    ratio: rates.theirs / rates.ours,
    must: { bar: 1.6, better: "less" },
    figures: `${(1000 / rates.ours).toFixed(2)} ms against ${(1000 / rates.theirs).toFixed(2)} ms`,
  };
}
