import { createHash } from "node:crypto";
import type { Emission } from "../../emission/emission.ts";
import type { SamlFailure, SamlName } from "../../emission/profiles/saml.ts";
import {
  EMAIL_NAME_ID,
  PERSISTENT_NAME_ID,
  STATUS,
  TRANSIENT_NAME_ID,
  UNSPECIFIED_NAME_ID,
} from "../../emission/saml/names.ts";
import type { AuthnRequest, NameIdPolicy } from "./request.ts";

/** The NameID that an emission states, or why there is none that may be stated. */
export type StatedName =
  | { readonly kind: "own" }
  | { readonly kind: "name"; readonly name: SamlName }
  | { readonly kind: "impossible"; readonly failure: SamlFailure };

/** Who signed in, in which session, and for whom the answer is. */
interface SignedIn {
  readonly user: string;
  readonly session: string;
  /** Entity id of the service provider. */
  readonly application: string;
}

/** What an AuthnRequest says of names. */
type Asked = Pick<AuthnRequest, "subject" | "nameIdPolicy">;

/** Formats that this IdP can state; its metadata lists them. */
export const NAME_ID_FORMATS = [
  PERSISTENT_NAME_ID,
  TRANSIENT_NAME_ID,
  EMAIL_NAME_ID,
  UNSPECIFIED_NAME_ID,
] as const;

const OWN: StatedName = { kind: "own" };
const SUBJECT = "/samlResponse/assertion/subject";

const SOMEBODY_ELSE: SamlFailure = {
  code: STATUS.authnFailed,
  message: "AuthnFailed: somebody else signed in than the Subject of the request.",
};

/**
 * An emission that writes the name, or all that it stands in, before or after it is signed, names people as it writes,
 * whatever was asked.
 */
function writesName({ patch, tamper }: Emission): boolean {
  const places = [`${SUBJECT}/nameId/`, `${SUBJECT}/format/`];
  const isPatched = patch.some(({ path }) => places.some((place) => place.startsWith(`${path}/`)));
  return isPatched || tamper.some((one) => "find" in one && one.find.includes("NameID"));
}

/** One for each session and service provider, so that a logout finds it again; it tells nothing of the person. */
function transientName({ session, application }: SignedIn): string {
  return `_${createHash("sha256").update(`${session}\n${application}`).digest("hex").slice(0, 32)}`;
}

function refused(reason: string): StatedName {
  const message = `InvalidNameIDPolicy: ${reason}`;
  return { kind: "impossible", failure: { of: "requester", code: STATUS.invalidNameIdPolicy, message } };
}

/** What can be written into an e-mail address without quotes, RFC 5322 §3.4.1. */
const ADDRESS = /^[^\s@<>()[\]:;,\\"]+@[^\s@<>()[\]:;,\\"]+$/;

/**
 * The name that a policy asks for. Everybody's identifier exists before it is asked for, as it is the name that was typed:
 * so `AllowCreate` keeps nobody out.
 */
function nameFor({ format, spNameQualifier }: NameIdPolicy, signedIn: SignedIn): StatedName {
  const { user, application } = signedIn;
  if (spNameQualifier !== undefined && spNameQualifier !== application) {
    return refused(`no names are kept for ${spNameQualifier}, but for ${application} itself.`);
  }
  const qualifier = spNameQualifier === undefined ? {} : { spNameQualifier };
  switch (isAnyFormat(format) ? PERSISTENT_NAME_ID : format) {
    case PERSISTENT_NAME_ID:
      return { kind: "name", name: { nameId: user, format: PERSISTENT_NAME_ID, ...qualifier } };
    case TRANSIENT_NAME_ID:
      return {
        kind: "name",
        name: { nameId: transientName(signedIn), format: TRANSIENT_NAME_ID, ...qualifier },
      };
    case EMAIL_NAME_ID:
      if (ADDRESS.test(user)) return { kind: "name", name: { nameId: user, format: EMAIL_NAME_ID } };
      return refused(`the name that was typed is no e-mail address, as ${EMAIL_NAME_ID} wants it.`);
    default:
      return refused(`names of the Format ${format} are not known here, but ${NAME_ID_FORMATS.join(", ")}.`);
  }
}

/** The first edition of SAML core §3.4.1.1 spells it with 2.0, the errata and §8.3.1 with 1.1. */
const UNSPECIFIED = [UNSPECIFIED_NAME_ID, UNSPECIFIED_NAME_ID.replace("1.1", "2.0")];

function isAnyFormat(format: string | undefined): boolean {
  return format === undefined || UNSPECIFIED.includes(format);
}

/** Whether a name is this person's: as typed, or as this session named them to the same service provider. */
function isNameOf({ nameId, format }: SamlName, signedIn: SignedIn): boolean {
  return nameId === (format === TRANSIENT_NAME_ID ? transientName(signedIn) : signedIn.user);
}

/** Whether the answer may be about whoever signed in: the Subject of the request names them, or is ignored. */
export function isForSubject(asked: Asked | undefined, { ignore }: Emission, signedIn: SignedIn): boolean {
  const subject = ignore.includes("Subject") ? undefined : asked?.subject;
  return subject === undefined || isNameOf(subject, signedIn);
}

/** The name of a Subject as it stands there, but in the format that the policy wants, if it wants one. */
function nameOfSubject(subject: SamlName, policy: NameIdPolicy | undefined, signedIn: SignedIn): StatedName {
  const stated = policy === undefined ? OWN : nameFor(policy, signedIn);
  if (stated.kind === "impossible") return stated;
  const isAsNamed = isAnyFormat(policy?.format) || policy?.format === subject.format;
  return isAsNamed ? { kind: "name", name: subject } : stated;
}

/**
 * Decides which NameID an emission states to a request: the one that its Subject names, exactly, unless its NameIDPolicy
 * wants another format for the same person; without a Subject, one as the policy wants it.
 *
 * @see SAML core §3.3.4 and §3.4.1.4 for the Subject, §3.4.1.1 for the policy
 */
export function statedName(asked: Asked | undefined, emission: Emission, signedIn: SignedIn): StatedName {
  if (!isForSubject(asked, emission, signedIn)) return { kind: "impossible", failure: SOMEBODY_ELSE };
  const { ignore } = emission;
  const subject = ignore.includes("Subject") ? undefined : asked?.subject;
  const policy = ignore.includes("NameIDPolicy") ? undefined : asked?.nameIdPolicy;
  if (writesName(emission)) return OWN;
  if (subject !== undefined) return nameOfSubject(subject, policy, signedIn);
  return policy === undefined ? OWN : nameFor(policy, signedIn);
}
