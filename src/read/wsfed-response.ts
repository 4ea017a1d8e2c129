import type { WsFedResponse } from "../artifact.ts";
import type { Policy } from "../policy.ts";
import {
  SAML_1_ASSERTION,
  SAML_ASSERTION,
  WS_TRUST,
  WS_TRUST_13,
  XML_ENCRYPTION,
} from "../vocabulary/saml-namespaces.ts";
import { byteLimit } from "./byte-limit.ts";
import type { Obstacle, Reading } from "./reading.ts";
import { readSignature } from "./saml-signature.ts";
import { checkPlaces, signatureOf, type PlacedSignature } from "./saml-structure.ts";
import { unseal, type Unsealed } from "./saml-unseal.ts";
import { signatureWeaknesses, verifyAll } from "./saml-verify.ts";
import { readWsFedAssertion, tokenIssuer } from "./wsfed-assertion.ts";
import { TOKEN, TOKEN_HOLDER } from "./wsfed-paths.ts";
import { allOf, displayName, elementsOf, isNamed, locate, oneOf, type XmlElement } from "./xml-element.ts";
import { parseXml } from "./xml-parse.ts";
import { readXml } from "./xml-reader.ts";
import { obstacleOf, Refusal } from "./xml-refusal.ts";

const NO_SIGNATURE: Obstacle = {
  kind: "signature-missing",
  at: TOKEN,
  message: "the token is not signed; it must be",
};
const UNCHECKED: Obstacle = {
  kind: "signature-unchecked",
  at: TOKEN,
  message: "no key is configured, so that the signature was not checked and anybody may have written this",
};
const ENCRYPTED: Obstacle = {
  kind: "encrypted",
  at: TOKEN_HOLDER,
  message: "the token is encrypted and no decryption key is configured",
};

function unread(
  signature: Reading<WsFedResponse>["signature"],
  obstacles: readonly Obstacle[],
): Reading<WsFedResponse> {
  return { artifact: undefined, signature, obstacles };
}

function wrong(element: XmlElement, message: string): Refusal {
  return new Refusal("structure", locate(element), message);
}

function answerIn(root: XmlElement): XmlElement {
  const { namespace } = root;
  const isTrust = namespace === WS_TRUST || namespace === WS_TRUST_13;
  if (isTrust && root.local === "RequestSecurityTokenResponse") return root;
  if (!isTrust || root.local !== "RequestSecurityTokenResponseCollection") {
    const message = `the root element is ${displayName(root)}; it must be t:RequestSecurityTokenResponse of WS-Trust`;
    throw new Refusal("structure", "/*", message);
  }
  const answers = allOf(root, namespace, "RequestSecurityTokenResponse");
  const [answer] = answers;
  if (answer === undefined || answers.length > 1)
    throw wrong(root, `the collection holds ${answers.length} answers; it must hold one`);
  return answer;
}

/** The element that holds the token: there is one, and nothing else in it. */
function holderIn(root: XmlElement): XmlElement {
  const answer = answerIn(root);
  const holder = oneOf(answer, answer.namespace, "RequestedSecurityToken");
  if (holder === undefined) throw wrong(answer, "there is no t:RequestedSecurityToken; there must be one");
  return holder;
}

function isToken(element: XmlElement): boolean {
  return isNamed(element, SAML_1_ASSERTION, "Assertion") || isNamed(element, SAML_ASSERTION, "Assertion");
}

function onlyChild(holder: XmlElement): XmlElement {
  const [child, second] = elementsOf(holder);
  if (child !== undefined && second === undefined) return child;
  throw wrong(holder, "t:RequestedSecurityToken must hold exactly one token");
}

/** The element in which the EncryptedData of a token stands; undefined when the token is in clear. */
function sealIn(holder: XmlElement, token: XmlElement): XmlElement | undefined {
  if (isNamed(token, XML_ENCRYPTION, "EncryptedData")) return holder;
  return isNamed(token, SAML_ASSERTION, "EncryptedAssertion") ? token : undefined;
}

/** The token of an answer, decrypted if need be; undefined when there is no key for that. */
async function tokenIn(root: XmlElement, policy: Policy): Promise<Unsealed | undefined> {
  const holder = holderIn(root);
  const child = onlyChild(holder);
  const seal = sealIn(holder, child);
  const token = seal === undefined ? child : undefined;
  checkPlaces(root, holder, token, [token]);
  if (seal === undefined) return { element: checked(child), weaknesses: [] };
  if ((policy.decryptionKeys ?? []).length === 0) return undefined;
  const { element, weaknesses } = await unseal(seal, policy);
  const opened = { ...holder, children: [element] };
  checkPlaces(opened, opened, element, [element]);
  return { element: checked(element), weaknesses };
}

function checked(token: XmlElement): XmlElement {
  if (isToken(token)) return token;
  throw wrong(token, `the token is ${displayName(token)}; it must be a saml:Assertion`);
}

function readUnchecked(
  { element: token, weaknesses }: Unsealed,
  signatures: readonly PlacedSignature[],
  policy: Policy,
) {
  const obstacles = [UNCHECKED, ...weaknesses];
  if (signatures.length === 0) obstacles.push(NO_SIGNATURE);
  for (const placed of signatures) {
    try {
      obstacles.push(...signatureWeaknesses(readSignature(placed, policy.algorithms)));
    } catch (caught) {
      obstacles.push(obstacleOf(caught));
    }
  }
  return { artifact: readWsFedAssertion(token), signature: "unchecked", obstacles } as const;
}

async function readToken(token: Unsealed, policy: Policy): Promise<Reading<WsFedResponse>> {
  const signatures = signatureOf(token.element, TOKEN);
  if (policy.issuers.length === 0) return readUnchecked(token, signatures, policy);
  const { covered, obstacles, ...found } = await verifyAll(signatures, tokenIssuer(token.element), policy);
  if (covered === undefined) return unread("failed", signatures.length === 0 ? [NO_SIGNATURE] : obstacles);
  return {
    artifact: readWsFedAssertion(readXml(covered)),
    signature: "verified",
    obstacles: [...found.weaknesses, ...token.weaknesses],
  };
}

/**
 * Reads the answer of a WS-Federation sign-in (`wresult`) and verifies the signature on its token. With keys, the token
 * is read from the very bytes that its signature covers, parsed again, and from nothing else.
 *
 * @param xml the decoded answer as it was received, not longer than the policy allows
 * @param policy trusted issuers with their keys, and the allowed algorithms; without an issuer nothing is verified
 * @returns the token, or what kept it from being read; a bad message never throws
 * @see WS-Federation 1.2 §13.2.2, WS-Trust 1.3 §4.4, SAML 1.1 core §5
 */
export async function readWsFedResponse(
  xml: string | Uint8Array,
  policy: Policy,
): Promise<Reading<WsFedResponse>> {
  try {
    const token = await tokenIn(parseXml(xml, byteLimit(policy)), policy);
    return token === undefined ? unread("unchecked", [ENCRYPTED]) : await readToken(token, policy);
  } catch (caught) {
    return unread(policy.issuers.length === 0 ? "unchecked" : "failed", [obstacleOf(caught)]);
  }
}
