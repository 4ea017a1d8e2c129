import type { EmissionKeys } from "../emission/keys.ts";
import { makeChoices } from "./choices.ts";
import { type EamSide, makeEamSide } from "./eam.ts";
import { type IssuedRecord, makeIssuedRecord } from "./issued-record.ts";
import type { EamOptions, RelyingPartyRegistration, WsFedRealm } from "./mock-idp.ts";
import { makeOidcSide, type OidcSide } from "./oidc.ts";
import { renderSignIn } from "./pages/sign-in-page.ts";
import type { IdpParts } from "./parts.ts";
import { makeSamlSide, type SamlSide } from "./saml.ts";
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
}

/** Makes a realm, with choices and a record of its own; nothing is loaded or signed yet. */
export function makeRealm(settings: RealmSettings): Realm {
  const { base, now, keys, serviceProviderMetadata } = settings;
  const choices = makeChoices();
  const issued = makeIssuedRecord(choices);
  const parts: IdpParts = {
    base,
    now,
    keys,
    choices,
    record: issued.add,
    renderSignIn,
    serviceProviderMetadata,
  };
  const saml = makeSamlSide(parts);
  return {
    parts,
    issued,
    saml,
    oidc: makeOidcSide(parts, settings.relyingParties),
    wsFed: makeWsFedSide(parts, saml.credentials, settings.wsFedRealms),
    eam: makeEamSide(parts, saml.credentials, settings.eam),
  };
}
