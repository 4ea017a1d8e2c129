import { checkToken } from "../../entra/token-checks.ts";
import type { FederatedToken } from "../../entra/token-reading.ts";
import { parseToken } from "../../entra/token-xml.ts";
import { verifyToken } from "../../entra/token-signature.ts";
import { takePending } from "../sessions.ts";
import type { FlawOf } from "./flaw.ts";

type Expected = Parameters<typeof checkToken>[1];

/** A federated domain for which a token always says what is expected in one place. */
function blindFor(
  change: (token: FederatedToken, expected: Expected) => Partial<FederatedToken>,
): FlawOf<"wsfed">["checks"] {
  return () => ({
    checkToken: (token, expected) => checkToken({ ...token, ...change(token, expected) }, expected),
  });
}

/** A federated domain that reads MFA in a way of its own. */
function reading(
  shows: (methods: readonly string[], token: FederatedToken) => boolean,
): FlawOf<"wsfed">["checks"] {
  return () => ({
    checkToken: (token, expected) => {
      const signIn = checkToken(token, expected);
      return { ...signIn, showsMfa: shows(signIn.methods, token) };
    },
  });
}

const MFA = [
  "http://schemas.microsoft.com/claims/multipleauthn",
  "http://schemas.microsoft.com/claims/wiaormultiauthn",
];
const FAR = "9999-12-31T23:59:59Z";

/** The first assertion that stands in a message, wherever. */
function firstAssertion(wresult: string): Element {
  const root = parseToken(wresult);
  const found = Array.from(root.getElementsByTagName("*")).find(({ localName }) => localName === "Assertion");
  if (found === undefined) throw new Error("there is no assertion");
  return found;
}

/** The certificate that a message brings along, as PEM. */
function certificateIn(wresult: string): string | undefined {
  const base64 = /<(?:\w+:)?X509Certificate>([^<]+)</.exec(wresult)?.[1];
  return base64 === undefined
    ? undefined
    : `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/\s/g, "")}\n-----END CERTIFICATE-----`;
}

/** Mistakes of the relying party of a federated domain. */
export const WSFED_FLAWS: readonly FlawOf<"wsfed">[] = [
  {
    id: "wsfed-mfa-unread",
    mistake: "Counts every sign-in of the IdP as MFA.",
    references: ["failures/F-04", "failures/F-05"],
    caughtBy: ["wsfed-password-only"],
    checks: reading(() => true),
  },
  {
    id: "wsfed-method-substring",
    mistake: "Looks for the letters multipleauthn in the methods.",
    references: ["failures/F-39"],
    caughtBy: ["wsfed-https-multipleauthn", "wsfed-comma-joined"],
    checks: reading((methods) => methods.join(" ").includes("multipleauthn")),
  },
  {
    id: "wsfed-method-any-case",
    mistake: "Compares methods without regard to case.",
    references: ["RFC 3986 §6.2.1"],
    caughtBy: ["wsfed-upper-case"],
    checks: reading((methods) => methods.some((method) => MFA.includes(method.toLowerCase()))),
  },
  {
    id: "wsfed-method-trimmed",
    mistake: "Trims methods before it compares them.",
    references: ["SAML 1.1 core §1.3.2"],
    caughtBy: ["wsfed-trailing-space"],
    checks: reading((methods) => methods.some((method) => MFA.includes(method.trim()))),
  },
  {
    id: "wsfed-method-in-any-claim",
    mistake: "Takes the value for MFA from any attribute, whatever its name.",
    references: ["failures/F-54", "failures/F-35"],
    caughtBy: ["wsfed-attribute-name-of-the-guidance", "wsfed-saml2-mfa-in-attribute"],
    checks: reading((methods, { claims }) =>
      [...methods, ...claims.flatMap(({ values }) => values)].some((value) => MFA.includes(value)),
    ),
  },
  {
    id: "wsfed-signature-unchecked",
    mistake: "Reads the token without verifying its signature.",
    references: ["WS-Federation 1.2 §13.2.3"],
    caughtBy: ["wsfed-unsigned", "wsfed-bad-signature", "wsfed-mfa-added-after-signing"],
    checks: () => ({ verifyToken: firstAssertion }),
  },
  {
    id: "wsfed-certificate-in-message",
    mistake: "Verifies with the certificate that the message brings along.",
    references: ["XML Signature §3.1"],
    caughtBy: ["wsfed-key-info-of-stranger"],
    checks: () => ({
      verifyToken: (wresult, certificate) => verifyToken(wresult, certificateIn(wresult) ?? certificate),
    }),
  },
  {
    id: "wsfed-issuer-unchecked",
    mistake: "Never compares the issuer with that of the domain.",
    references: ["WS-Federation 1.2 §13.2.3"],
    caughtBy: ["wsfed-wrong-issuer", "wsfed-issuer-missing"],
    checks: blindFor((_token, { issuer }) => ({ issuer })),
  },
  {
    id: "wsfed-audience-unchecked",
    mistake: "Never asks for whom the token is.",
    references: ["SAML 1.1 core §2.3.2.1.1"],
    caughtBy: ["wsfed-wrong-audience", "wsfed-no-audience"],
    checks: blindFor((_token, { realm }) => ({ audiences: [[realm]] })),
  },
  {
    id: "wsfed-expiry-unchecked",
    mistake: "Takes a token after its end.",
    references: ["SAML 1.1 core §2.3.2.1"],
    caughtBy: ["wsfed-expired"],
    checks: blindFor(() => ({ notOnOrAfter: FAR })),
  },
  {
    id: "wsfed-not-before-unchecked",
    mistake: "Takes a token before its time.",
    references: ["SAML 1.1 core §2.3.2.1"],
    caughtBy: ["wsfed-not-yet-valid"],
    checks: blindFor(() => ({ notBefore: undefined })),
  },
  {
    id: "wsfed-recipient-unchecked",
    mistake: "Never compares for whom the token was delivered.",
    references: ["SAML profiles §4.1.4.3"],
    caughtBy: ["wsfed-saml2-recipient-elsewhere"],
    checks: blindFor(() => ({ recipients: [] })),
  },
  {
    id: "wsfed-first-subject",
    mistake: "Reads the first of several subjects.",
    references: ["SAML 1.1 core §2.4"],
    caughtBy: ["wsfed-two-subjects"],
    checks: blindFor(({ nameIds }) => ({ nameIds: nameIds.slice(0, 1) })),
  },
  {
    id: "wsfed-age-unread",
    mistake: "Takes every sign-in for one of this moment.",
    references: ["failures/F-57"],
    caughtBy: ["wsfed-stale"],
    checks: () => ({
      checkToken: (token, expected) => ({ ...checkToken(token, expected), authenticatedAt: expected.now }),
    }),
  },
  {
    id: "wsfed-replay-taken",
    mistake: "Takes the same token, and the same request, as often as they come.",
    references: ["SAML 1.1 profiles §4.1.1.7"],
    caughtBy: ["wsfed-replayed"],
    checks: () => ({
      takeOnce: () => undefined,
      takeRequest: (pending, wctx) => ({ ...takePending(pending, wctx), others: { ...pending } }),
    }),
  },
];
