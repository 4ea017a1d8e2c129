import { randomBytes } from "node:crypto";
import type { AllClientMetadata } from "oidc-provider";
import type { EmissionKeys } from "../emission/keys/keys.ts";
import type { Patch } from "../emission/patch-schema.ts";
import { type Choices, makeChoices } from "./choices.ts";
import { type EamSide, makeEamSide } from "./eam/side.ts";
import { type IssuedRecord, makeIssuedRecord } from "./issued-record.ts";
import { noteIssued } from "./journal/notes.ts";
import type { EamOptions } from "./eam/registration.ts";
import type { EntraStandIn } from "./eam/stand-in.ts";
import type { RelyingPartyRegistration } from "./oidc/registration.ts";
import type { WsFedRealm } from "./wsfed/registration.ts";
import { makeOidcSide, type OidcSide } from "./oidc/side.ts";
import type { IdpParts } from "./parts.ts";
import { makeSamlSide, type SamlSide } from "./saml/side.ts";
import type { SignInMode } from "./sign-in/mode.ts";
import { makeSessions } from "./sign-in/sessions.ts";
import { makeSignInDesk } from "./sign-in/desk.ts";
import { makeMemoryStore } from "./store/memory.ts";
import type { Mirror, Store } from "./store/store.ts";
import { makeWsFedSide, type WsFedSide } from "./wsfed/side.ts";

/** One IdP with all its protocols. A process has one at `/` and may have many more below it, each its own issuer. */
export interface Realm {
  readonly parts: IdpParts;
  readonly issued: IssuedRecord;
  readonly oidc: OidcSide;
  readonly saml: SamlSide;
  readonly wsFed: WsFedSide;
  readonly eam: EamSide;
}

/** What every realm of a process is made from. */
export interface RealmSettings {
  /** Where the realm lives, no slash at the end. */
  readonly base: () => string;
  /** Seconds since the epoch. */
  readonly now: () => number;
  /** Seconds by which `now` is ahead of the machine's clock. */
  readonly ahead: () => number;
  readonly keys: EmissionKeys;
  /** Absent: `page`. */
  readonly signIn?: SignInMode | undefined;
  readonly relyingParties: readonly RelyingPartyRegistration[];
  /** SAML metadata documents. */
  readonly serviceProviderMetadata: readonly string[];
  /** Changes to the documents that the realm publishes. */
  readonly overrides: readonly Patch[];
  readonly wsFedRealms: readonly WsFedRealm[];
  readonly eam: EamOptions;
  readonly standIn: EntraStandIn;
  /** Where the realm keeps its state; absent: in memory, for itself. */
  readonly store?: Store | undefined;
  /** Signs the cookies of oidc-provider; absent: one is made. */
  readonly cookieKey?: string | undefined;
  /** The moment that certificates are valid around; absent: when each is made. */
  readonly certifiedAt?: (() => number) | undefined;
  /** Relying parties that come while running; absent: they are kept in memory. */
  readonly registered?: Mirror<AllClientMetadata> | undefined;
  /** Emissions on offer and what is issued under them, when another realm's; absent: the realm has its own. */
  readonly offer?: { readonly choices: Choices; readonly issued: IssuedRecord };
}

/** Makes a realm, with choices and a record of its own; nothing is loaded or signed yet. */
export function makeRealm(settings: RealmSettings): Realm {
  const { base, now, ahead, keys, serviceProviderMetadata, overrides } = settings;
  const store = settings.store ?? makeMemoryStore();
  const choices = settings.offer?.choices ?? makeChoices();
  const issued = settings.offer?.issued ?? makeIssuedRecord(choices);
  const parts: IdpParts = {
    base,
    now,
    ahead,
    certifiedAt: settings.certifiedAt ?? now,
    cookieKey: settings.cookieKey ?? randomBytes(32).toString("hex"),
    keys,
    signIn: settings.signIn ?? "page",
    store,
    choices,
    sessions: makeSessions({ base, choices, store }),
    record: async (choice, artifact) => {
      noteIssued(choice, artifact);
      await issued.add(choice, artifact);
    },
    desk: makeSignInDesk(store),
    serviceProviderMetadata,
    overrides,
  };
  const saml = makeSamlSide(parts);
  return {
    parts,
    issued,
    saml,
    oidc: makeOidcSide(parts, settings.relyingParties, settings.registered),
    wsFed: makeWsFedSide(parts, saml.credentials, settings.wsFedRealms),
    eam: makeEamSide(parts, settings.eam, settings.standIn),
  };
}
