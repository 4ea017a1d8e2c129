import type { SignedXml } from "xml-crypto";
import type { IssuedArtifact } from "../idp/issued.ts";
import type { Observation } from "../target/observation.ts";

const SIGNATURE = { namespace: "http://www.w3.org/2000/09/xmldsig#", name: "Signature" } as const;

/** How SAML 2.0 and SAML 1.1 call the name of the person. */
const NAMES: readonly string[] = ["NameID", "NameIdentifier"];

/**
 * Whether an accepted message named two people, and the session is that of the one whom its signed part names: then the
 * name was read from there. Anything else was not seen: where both parts name one person, or the signature holds over
 * neither, nothing tells which part was read.
 *
 * @param certificate of the IdP, as PEM
 */
export async function isNameOfSignedPart(
  { decision, as }: Pick<Observation, "decision" | "as">,
  { channel, artifact, user, signedName = user }: IssuedArtifact,
  certificate: string,
): Promise<boolean> {
  if (decision !== "accept" || as !== "marker" || (channel !== "saml" && channel !== "wsfed")) return false;
  // Names first: nearly every message has one only, and xml-crypto takes minutes to verify a flood of comments.
  const all = await namesIn([artifact]);
  if (all.every((name) => name === signedName)) return false;
  const covered = await namesIn(await signedPartsOf(artifact, certificate));
  return covered.length > 0 && covered.every((name) => name === signedName);
}

/** A message that readers take apart in different ways shows nothing; undefined: it is such a one. */
async function parse(xml: string): Promise<Document | undefined> {
  const { DOMParser } = await import("@xmldom/xmldom");
  let isWellFormed = true;
  const errorHandler = (): void => void (isWellFormed = false);
  const document = new DOMParser({ errorHandler }).parseFromString(xml, "text/xml");
  return isWellFormed ? document : undefined;
}

/** Every name in these, in order. */
async function namesIn(texts: readonly string[]): Promise<readonly string[]> {
  const documents = await Promise.all(texts.map(parse));
  return documents.flatMap((document) =>
    NAMES.flatMap((name) => Array.from(document?.getElementsByTagNameNS("*", name) ?? [])).map(
      ({ textContent }) => textContent?.trim() ?? "",
    ),
  );
}

/** What the signatures of a message cover, as XML, where they hold. */
async function signedPartsOf(xml: string, certificate: string): Promise<readonly string[]> {
  const [{ SignedXml }, document] = await Promise.all([import("xml-crypto"), parse(xml)]);
  const signatures = Array.from(document?.getElementsByTagNameNS(SIGNATURE.namespace, SIGNATURE.name) ?? []);
  return signatures.flatMap((signature) => {
    const verifier = new SignedXml({
      publicCert: certificate,
      getCertFromKeyInfo: () => null,
      idAttribute: "AssertionID",
    });
    return holds(verifier, signature, xml) ? verifier.getSignedReferences() : [];
  });
}

/** xml-crypto answers some broken signatures with false, others by throwing, two elements of one id among them. */
function holds(verifier: SignedXml, signature: Node, xml: string): boolean {
  try {
    verifier.loadSignature(signature);
    return verifier.checkSignature(xml);
  } catch {
    return false;
  }
}
