import { decideAccess } from "../access.ts";
import { readSamlSignIn } from "../service-provider/saml-checks.ts";
import { childrenOf, onlyChild, textOf } from "../service-provider/saml-dom.ts";
import { MULTIPLE_AUTHN } from "../service-provider/saml-sign-in.ts";
import type { FlawOf } from "./flaw.ts";

/** A service provider that reads MFA in a way of its own. */
function reading(shows: (classRef: string) => boolean): FlawOf<"saml">["checks"] {
  return () => ({
    decide: (signedIn, now) => decideAccess({ ...signedIn, showsMfa: shows(signedIn.classRef ?? "") }, now),
  });
}

/** A service provider that finds the class of an assertion in a way of its own. */
function finding(classOf: (assertion: Element) => string | undefined): FlawOf<"saml">["checks"] {
  return () => ({
    read: (assertion) => {
      const signIn = readSamlSignIn(assertion);
      return { ...signIn, classRef: classOf(assertion) ?? signIn.classRef };
    },
  });
}

function classesOf(assertion: Element): readonly string[] {
  const context = onlyChild(onlyChild(assertion, "assertion", "AuthnStatement"), "assertion", "AuthnContext");
  return childrenOf(context, "assertion", "AuthnContextClassRef").flatMap((one) => textOf(one) ?? []);
}

function attributeValues(assertion: Element): readonly string[] {
  return childrenOf(assertion, "assertion", "AttributeStatement")
    .flatMap((statement) => childrenOf(statement, "assertion", "Attribute"))
    .flatMap((attribute) => childrenOf(attribute, "assertion", "AttributeValue"))
    .flatMap((value) => textOf(value) ?? []);
}

/** Mistakes in reading MFA from an assertion that is believed rightly. */
export const SAML_MFA_FLAWS: readonly FlawOf<"saml">[] = [
  {
    id: "saml-mfa-unread",
    mistake: "Lets in whoever the IdP signed in, and never reads the class.",
    references: ["SAML core §2.7.2", "failures/F-05"],
    caughtBy: ["class-password", "class-unspecified"],
    checks: reading(() => true),
  },
  {
    id: "saml-class-any-but-password",
    mistake: "Takes every class for MFA that is not one for a password.",
    references: ["SAML core §2.7.2.2", "failures/F-01"],
    caughtBy: ["class-unspecified", "class-unknown-uri"],
    checks: reading((classRef) => classRef !== "" && !/Password/.test(classRef)),
  },
  {
    id: "saml-class-substring",
    mistake: "Looks for the letters mfa, or for multipleauthn, in the class.",
    references: ["SAML core §2.7.2.2"],
    caughtBy: ["class-contains-mfa"],
    checks: reading((classRef) => /mfa|multipleauthn/.test(classRef)),
  },
  {
    id: "saml-class-prefix",
    mistake: "Compares the beginning of the class.",
    references: ["SAML core §2.7.2.2"],
    caughtBy: ["class-trailing-slash"],
    checks: reading((classRef) => classRef.startsWith(MULTIPLE_AUTHN)),
  },
  {
    id: "saml-class-suffix",
    mistake: "Compares the last part of the class only.",
    references: ["SAML core §2.7.2.2", "failures/F-39"],
    caughtBy: ["class-https-multipleauthn"],
    checks: reading((classRef) => classRef.endsWith("/claims/multipleauthn")),
  },
  {
    id: "saml-class-any-case",
    mistake: "Compares the class without regard to case.",
    references: ["RFC 3986 §6.2.1"],
    caughtBy: ["class-upper-case"],
    checks: reading((classRef) => classRef.toLowerCase() === MULTIPLE_AUTHN),
  },
  {
    id: "saml-class-trimmed",
    mistake: "Trims the class before it compares it.",
    references: ["SAML core §1.3.2"],
    caughtBy: ["class-trailing-blank"],
    checks: reading((classRef) => classRef.trim() === MULTIPLE_AUTHN),
  },
  {
    id: "saml-class-normalized",
    mistake: "Normalizes the class (NFKC) before it compares it.",
    references: ["RFC 3986 §6.2.1"],
    caughtBy: ["class-full-width"],
    checks: reading((classRef) => classRef.normalize("NFKC") === MULTIPLE_AUTHN),
  },
  {
    id: "saml-class-list-joined",
    mistake: "Splits the class at commas and looks for MFA in the list.",
    references: ["failures/F-56"],
    caughtBy: ["class-comma-joined"],
    checks: reading((classRef) => classRef.split(",").includes(MULTIPLE_AUTHN)),
  },
  {
    id: "saml-class-any-of-several",
    mistake: "Takes any of several classes of one context.",
    references: ["SAML core §2.7.2.2", "failures/F-56"],
    caughtBy: ["class-two-in-one-context"],
    checks: finding((assertion) => classesOf(assertion).find((one) => one === MULTIPLE_AUTHN)),
  },
  {
    id: "saml-class-of-another-vocabulary",
    mistake: "Takes REFEDS MFA as well, which the IdP was never asked for.",
    references: ["failures/F-41", "failures/F-02"],
    caughtBy: ["class-refeds-mfa"],
    checks: reading((classRef) => [MULTIPLE_AUTHN, "https://refeds.org/profile/mfa"].includes(classRef)),
  },
  {
    id: "saml-attribute-as-class",
    mistake: "Takes MFA from an attribute, whatever its name, though the class says password.",
    references: ["failures/F-54", "failures/F-35"],
    caughtBy: ["class-password-mfa-in-attribute", "attribute-multipleauthn-constant"],
    checks: finding((assertion) => attributeValues(assertion).find((value) => value === MULTIPLE_AUTHN)),
  },
  {
    id: "saml-attribute-contains-mfa",
    mistake: "Looks for multipleauthn anywhere in the attributes.",
    references: ["failures/F-54"],
    caughtBy: ["attribute-name-of-the-guidance"],
    checks: finding((assertion) =>
      attributeValues(assertion).some((value) => value.includes("multipleauthn"))
        ? MULTIPLE_AUTHN
        : undefined,
    ),
  },
  {
    id: "saml-age-unread",
    mistake: "Never looks when the person signed in.",
    references: ["SAML core §2.7.2", "failures/F-57"],
    caughtBy: ["authn-instant-stale", "authn-instant-missing"],
    checks: () => ({ decide: ({ classRef }) => (classRef === MULTIPLE_AUTHN ? "granted" : "refused") }),
  },
];
