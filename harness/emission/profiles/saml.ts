import { randomBytes } from "node:crypto";
import type { Profile } from "../emission.ts";
import type { SamlAssertionModel, SamlResponseModel } from "../model.ts";
import {
  AUTHENTICATION_METHODS,
  BEARER,
  MULTIPLE_AUTHN,
  PASSWORD_METHOD,
  PASSWORD_PROTECTED_TRANSPORT,
  PERSISTENT_NAME_ID,
  STATUS,
  URI_ATTRIBUTE_NAME,
  USER_PRINCIPAL_NAME,
} from "../saml/names.ts";
import type { AssertionEncryption } from "../xml/encryption.ts";

/** A NameID as it is written: what is absent, the element does not have. */
export interface SamlName {
  readonly nameId: string;
  readonly format?: string;
  readonly nameQualifier?: string;
  readonly spNameQualifier?: string;
}

/** One sign-in at the SAML side: what the profile is filled in with. */
export interface SamlSignIn {
  /** Entity id of the mock IdP. */
  readonly issuer: string;
  /** As typed; the user principal name, and the NameID besides, so that a person can read it. */
  readonly user: string;
  /** Entity id of the service provider. */
  readonly audience: string;
  /** Assertion consumer service URL; absent: neither Destination nor Recipient is written. */
  readonly acs: string | undefined;
  /** Id of the AuthnRequest; absent: no InResponseTo is written. */
  readonly requestId: string | undefined;
  /** Seconds since the epoch. */
  readonly now: number;
  /** The session that the answer comes of; absent: one of its own, opened now. */
  readonly session?: { readonly index: string; readonly authenticatedAt: number };
  /** Context class that was asked for and is true of the profile; absent: the one that it states unasked. */
  readonly classRef?: string;
  /** The NameID that was asked for; absent: the name as typed, persistent. */
  readonly name?: SamlName;
  /** To whom the assertion is encrypted; absent: to nobody. */
  readonly encryption?: AssertionEncryption;
}

/** SAML core §2.3.3, §3.2.2. */
const VERSION = "2.0";

/** A service provider whose clock is a little behind must still take the assertion. */
const BACKDATED_SECONDS = 5;
const CONFIRMATION_SECONDS = 300;
const CONDITIONS_SECONDS = 3600;

const STATEMENTS: Readonly<Record<Profile, { classRef: string; methods: readonly string[] }>> = {
  "password-and-otp": { classRef: MULTIPLE_AUTHN, methods: [PASSWORD_METHOD, MULTIPLE_AUTHN] },
  "password-only": { classRef: PASSWORD_PROTECTED_TRANSPORT, methods: [PASSWORD_METHOD] },
};

/** An XML id that nobody can guess; it starts with a letter or underscore, as `xs:ID` demands. */
function newId(): string {
  return `_${randomBytes(16).toString("hex")}`;
}

function envelope(signIn: SamlSignIn, status: string[]): SamlResponseModel {
  return {
    id: newId(),
    version: VERSION,
    ...(signIn.acs === undefined ? {} : { destination: signIn.acs }),
    ...(signIn.requestId === undefined ? {} : { inResponseTo: signIn.requestId }),
    issueInstant: signIn.now,
    issuer: signIn.issuer,
    status,
    signature: { of: ["assertion", "response"] },
  };
}

/** The NameID of a sign-in for which nothing else was asked. */
export function persistentName(user: string): SamlName {
  return { nameId: user, format: PERSISTENT_NAME_ID };
}

function subject({
  user,
  name,
  acs,
  requestId,
  now,
}: SamlSignIn): NonNullable<SamlAssertionModel["subject"]> {
  return {
    ...(name ?? persistentName(user)),
    method: BEARER,
    ...(acs === undefined ? {} : { recipient: acs }),
    ...(requestId === undefined ? {} : { inResponseTo: requestId }),
    notOnOrAfter: now + CONFIRMATION_SECONDS,
  };
}

/**
 * The baseline response of a profile, before patches: one assertion as Microsoft Entra demands it of a SAML 2.0 IdP.
 *
 * @see Microsoft Learn, "Use a SAML 2.0 Identity Provider (IdP) for single sign-on"
 */
export function samlProfile(profile: Profile, signIn: SamlSignIn): SamlResponseModel {
  const { classRef, methods } = STATEMENTS[profile];
  const { issuer, user, audience, now, session = { index: newId(), authenticatedAt: now } } = signIn;
  return {
    ...envelope(signIn, [STATUS.success]),
    assertion: {
      id: newId(),
      version: VERSION,
      issueInstant: now,
      issuer,
      subject: subject(signIn),
      conditions: {
        notBefore: now - BACKDATED_SECONDS,
        notOnOrAfter: now + CONDITIONS_SECONDS,
        audiences: [audience],
      },
      authnStatement: {
        authnInstant: session.authenticatedAt,
        sessionIndex: session.index,
        classRef: signIn.classRef ?? classRef,
      },
      attributes: [
        { name: AUTHENTICATION_METHODS, nameFormat: URI_ATTRIBUTE_NAME, values: [...methods] },
        { name: USER_PRINCIPAL_NAME, values: [user] },
      ],
    },
  };
}

/** Why there is no assertion: the second status code, and what it means here. */
export interface SamlFailure {
  /** The first status code: whose the failure is; absent: the responder's. */
  readonly of?: "requester" | "responder";
  readonly code: (typeof STATUS)["authnFailed" | "noPassive" | "noAuthnContext" | "invalidNameIdPolicy"];
  readonly message: string;
}

/** A response without an assertion: the IdP could not, or the person would not, authenticate. */
export function samlFailure(
  { of = "responder", code, message }: SamlFailure,
  signIn: SamlSignIn,
): SamlResponseModel {
  return { ...envelope(signIn, [STATUS[of], code]), statusMessage: message };
}
