import type { EmissionKeys } from "../emission/keys.ts";
import { type Choices, makeChoices } from "./choices.ts";
import { type EamSide, makeEamSide } from "./eam.ts";
import { type IssuedRecord, makeIssuedRecord } from "./issued-record.ts";
import { noteIssued } from "./journal-notes.ts";
import type { EamOptions, EntraStandIn, RelyingPartyRegistration, WsFedRealm } from "./mock-idp.ts";
import { makeOidcSide, type OidcSide } from "./oidc.ts";
import type { IdpParts } from "./parts.ts";
import { makeSamlSide, type SamlSide } from "./saml.ts";
import { makeSessions } from "./sessions.ts";
import { makeSignInDesk } from "./sign-in-desk.ts";
import { makeWsFedSide, type WsFedSide } from "./wsfed.ts";

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
  readonly keys: EmissionKeys;
  readonly relyingParties: readonly RelyingPartyRegistration[];
  /** SAML metadata documents. */
  readonly serviceProviderMetadata: readonly string[];
  readonly wsFedRealms: readonly WsFedRealm[];
  readonly eam: EamOptions;
  readonly standIn: EntraStandIn;
  /** Emissions on offer and what is issued under them, when another realm's; absent: the realm has its own. */
  readonly offer?: { readonly choices: Choices; readonly issued: IssuedRecord };
}

/** Makes a realm, with choices and a record of its own; nothing is loaded or signed yet. */
export function makeRealm(settings: RealmSettings): Realm {
  const { base, now, keys, serviceProviderMetadata } = settings;
  const choices = settings.offer?.choices ?? makeChoices();
  const issued = settings.offer?.issued ?? makeIssuedRecord(choices);
  const parts: IdpParts = {
    base,
    now,
    keys,
    choices,
    sessions: makeSessions(base, choices),
    record: (choice, artifact) => {
      noteIssued(choice, artifact);
      issued.add(choice, artifact);
    },
    desk: makeSignInDesk(),
    serviceProviderMetadata,
  };
  const saml = makeSamlSide(parts);
  return {
    parts,
    issued,
    saml,
    oidc: makeOidcSide(parts, settings.relyingParties),
    wsFed: makeWsFedSide(parts, saml.credentials, settings.wsFedRealms),
    eam: makeEamSide(parts, settings.eam, settings.standIn),
  };
}
