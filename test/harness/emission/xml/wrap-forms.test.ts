import { DOMParser } from "@xmldom/xmldom";
import { beforeAll, describe, expect, test } from "vitest";
import { SignedXml } from "xml-crypto";
import { WRAP_FORMS } from "../../../../harness/emission/xml/wrap-forms.ts";
import { type Emitter, makeEmitter, signedBy, USER } from "../saml/emissions.ts";

const ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
const SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
const MULTIPLE = "http://schemas.microsoft.com/claims/multipleauthn";
const PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
const VICTIM = "admin@victim.example";

let emitter: Emitter;

beforeAll(async () => {
  emitter = await makeEmitter();
});

interface Identity {
  readonly user: string | undefined;
  readonly classRef: string | undefined;
}

function textAt(element: Element | null, path: readonly string[]): string | undefined {
  let found: ChildNode | Element | null = element;
  for (const name of path) {
    let child: ChildNode | null = found?.firstChild ?? null;
    while (child !== null && child.nodeName !== `saml:${name}`) child = child.nextSibling;
    found = child;
  }
  return found?.textContent ?? undefined;
}

/** Every assertion of a document, in order, as a reader that looks for nothing else takes it. */
function identitiesIn(xml: string): readonly Identity[] {
  const document = new DOMParser().parseFromString(xml, "text/xml");
  const assertions = document.getElementsByTagNameNS(ASSERTION, "Assertion");
  return Array.from({ length: assertions.length }, (_none, index) => ({
    user: textAt(assertions.item(index), ["Subject", "NameID"]),
    classRef: textAt(assertions.item(index), ["AuthnStatement", "AuthnContext", "AuthnContextClassRef"]),
  }));
}

/** What xml-crypto says that the first signature which holds covers. */
function coveredBy(xml: string, certificate: string): readonly Identity[] {
  const document = new DOMParser().parseFromString(xml, "text/xml");
  const signatures = document.getElementsByTagNameNS(SIGNATURE, "Signature");
  for (let index = 0; index < signatures.length; index += 1) {
    const signature = signatures.item(index);
    const verifier = new SignedXml({ publicCert: certificate });
    if (signature === null) continue;
    verifier.loadSignature(signature);
    if (!holds(verifier, xml)) continue;
    return verifier.getSignedReferences().flatMap((covered) => identitiesIn(covered));
  }
  return [];
}

function holds(verifier: SignedXml, xml: string): boolean {
  try {
    return verifier.checkSignature(xml);
  } catch {
    return false;
  }
}

/** An assertion without its signature and its ID. */
function contentOf(assertion = ""): string {
  return assertion.replace(/<ds:Signature .*<\/ds:Signature>/s, "").replace(/ ID="[^"]*"/, "");
}

const forged: Identity = { user: VICTIM, classRef: MULTIPLE };
const genuine: Identity = { user: USER, classRef: PASSWORD };

/** xml-crypto verifies none of a document in which one ID stands twice, by either name. */
const REFUSED: readonly string[] = ["same-id", "second-id", "xml-id"];

describe("each way to wrap fools a reader that does not read what was verified", () => {
  const signedParts = WRAP_FORMS.map((form) => {
    const wholeResponse = ["xsw1", "xsw2", "soap-header"].includes(form);
    return { form, of: wholeResponse ? ["response"] : ["assertion"] };
  });

  test.each(signedParts)("$form: the signature holds over the original", async ({ form, of }) => {
    const xml = await emitter.emit({ patch: [signedBy("of", of)], tamper: [{ op: "wrap", form }] });
    expect(coveredBy(xml, emitter.certificate)).toEqual(REFUSED.includes(form) ? [] : [genuine]);
  });

  test.each(signedParts)("$form: somebody else with MFA is read", async ({ form, of }) => {
    const xml = await emitter.emit({ patch: [signedBy("of", of)], tamper: [{ op: "wrap", form }] });
    const found = identitiesIn(xml);
    const wanted = ["forged-last", "soap-header", "xsw1", "xsw2"].includes(form) ? found.at(-1) : found[0];
    expect(wanted).toEqual(forged);
    expect(found).toContainEqual(genuine);
  });

  test("the namespaces of the forged assertion are those of the original", async () => {
    const xml = await emitter.emit({
      patch: [signedBy("of", ["assertion"])],
      tamper: [{ op: "wrap", form: "xsw3" }],
    });
    const assertions = [...xml.matchAll(/<saml:Assertion .*?<\/saml:Assertion>/gs)].map(([text]) => text);
    const asForged = contentOf(assertions[1]).replaceAll(USER, VICTIM).replace(PASSWORD, MULTIPLE);
    expect(contentOf(assertions[0])).toBe(asForged);
  });

  test("there is nothing to wrap without an assertion", async () => {
    const wrapped = emitter.emit({
      patch: [{ op: "remove", path: "/samlResponse/assertion" }],
      tamper: [{ op: "wrap", form: "xsw3" }],
    });
    await expect(wrapped).rejects.toMatchObject({ code: "ERR_SCENARIO_INVALID" });
  });
});
