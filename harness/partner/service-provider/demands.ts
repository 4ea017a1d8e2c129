import type { SamlConfig } from "@node-saml/node-saml";
import { CLOCK_SKEW_SECONDS } from "../access.ts";

const COMPARISONS = ["exact", "minimum", "maximum", "better"] as const;

/** What a service provider demands by one request; kept until its answer comes. */
export interface SamlDemands {
  /** Empty: any class. */
  readonly classes: readonly string[];
  readonly comparison: (typeof COMPARISONS)[number];
  /** The person is to sign in anew. */
  readonly forceAuthn: boolean;
  /** How the person is to be named; absent: in any way. */
  readonly nameIdFormat?: string;
  /** Whom the answer has to be about; absent: whoever signs in. */
  readonly subject?: string;
  /** When the request was made; seconds since the epoch. */
  readonly at: number;
}

/** What is asked for, as node-saml is told it, and what it demands. */
export interface SamlAskedFor {
  readonly config: Partial<SamlConfig>;
  readonly demands: SamlDemands;
}

/**
 * Reads what is to be asked for out of the parameters by which a sign-in was begun here; undefined: nothing.
 *
 * @param now seconds since the epoch
 */
export function readSamlAskedFor(given: URLSearchParams, now: number): SamlAskedFor | undefined {
  const classes = given.getAll("class").flatMap((text) => text.split(" "));
  const comparison = COMPARISONS.find((name) => name === given.get("comparison")) ?? "exact";
  const forceAuthn = given.get("forceAuthn") === "true";
  const passive = given.get("isPassive") === "true";
  const named = namedAs(given);
  if (classes.length === 0 && !forceAuthn && !passive && Object.keys(named).length === 0) return undefined;
  const context =
    classes.length === 0
      ? { disableRequestedAuthnContext: true }
      : { authnContext: classes, racComparison: comparison };
  return {
    config: {
      ...context,
      forceAuthn,
      passive,
      ...(named.nameIdFormat === undefined ? {} : { identifierFormat: named.nameIdFormat }),
    },
    demands: { classes, comparison, forceAuthn, ...named, at: now },
  };
}

function namedAs(given: URLSearchParams): Pick<SamlDemands, "nameIdFormat" | "subject"> {
  const [nameIdFormat, subject] = [given.get("nameIdFormat"), given.get("subject")];
  return {
    ...(nameIdFormat === null ? {} : { nameIdFormat }),
    ...(subject === null ? {} : { subject }),
  };
}

const CLASSES = "urn:oasis:names:tc:SAML:2.0:ac:classes:";

/** How many factors stand behind the classes that this service provider knows; it compares no others. */
const FACTORS: ReadonlyMap<string, number> = new Map([
  [`${CLASSES}unspecified`, 0],
  [`${CLASSES}Password`, 1],
  [`${CLASSES}PasswordProtectedTransport`, 1],
  ["https://refeds.org/profile/sfa", 1],
  [`${CLASSES}TimeSyncToken`, 2],
  [`${CLASSES}MobileTwoFactorContract`, 2],
  [`${CLASSES}SmartcardPKI`, 2],
  ["https://refeds.org/profile/mfa", 2],
  ["http://schemas.microsoft.com/claims/multipleauthn", 2],
]);

function satisfies(stated: string, { classes, comparison }: SamlDemands): boolean {
  if (comparison === "exact") return classes.includes(stated);
  const factors = FACTORS.get(stated);
  const asked = classes.map((one) => FACTORS.get(one));
  if (factors === undefined || !asked.every((one) => one !== undefined)) return false;
  if (comparison === "better") return asked.every((other) => factors > other);
  return asked.some((other) => (comparison === "minimum" ? factors >= other : factors <= other));
}

const UNSPECIFIED = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

function checkName(
  { nameIdFormat = UNSPECIFIED, subject }: SamlDemands,
  { nameId = "absent", nameIdFormat: format = UNSPECIFIED }: Pick<StatedSignIn, "nameId" | "nameIdFormat">,
): void {
  if (nameIdFormat !== UNSPECIFIED && format !== nameIdFormat) {
    throw new Error(`the NameID has the Format ${format}, and ${nameIdFormat} was asked for`);
  }
  if (subject !== undefined && nameId !== subject) {
    throw new Error(`the answer is about ${nameId}, and ${subject} was asked for`);
  }
}

/** What an assertion says of the things that can be demanded. */
export interface StatedSignIn {
  readonly nameId?: string | undefined;
  /** Absent: `unspecified`. */
  readonly nameIdFormat?: string | undefined;
  readonly classRef: string | undefined;
  readonly authenticatedAt: number | undefined;
}

/**
 * Checks that the answer gives what its request demanded: an IdP may have disobeyed, and the request travelled through the
 * browser unsigned.
 *
 * @throws Error with the reason
 * @see SAML core §3.3.2.2.1 for classes, §3.4.1 for `ForceAuthn`, §3.4.1.1 for the format of names, §3.4.1.4 for the Subject
 */
export function checkSamlDemands(
  demands: SamlDemands,
  { classRef = "absent", ...stated }: StatedSignIn,
): void {
  const { classes, comparison, forceAuthn, at } = demands;
  checkName(demands, stated);
  if (classes.length > 0 && !satisfies(classRef, demands)) {
    throw new Error(`AuthnContextClassRef is ${classRef}, which was not asked for (${comparison})`);
  }
  if (!forceAuthn) return;
  if (stated.authenticatedAt === undefined || stated.authenticatedAt < at - CLOCK_SKEW_SECONDS) {
    throw new Error("the person was to sign in anew, and AuthnInstant does not show it");
  }
}
