import type { PatchInput } from "../emission/patch-schema.ts";
import type { CatalogueEntry } from "./catalogue.ts";
import type { EamOptions } from "./eam/registration.ts";
import type { RelyingPartyRegistration } from "./oidc/registration.ts";
import type { WsFedRealm } from "./wsfed/registration.ts";
import type { SignInMode } from "./sign-in/mode.ts";

/** Who may use the live API under `/_harness`. */
export interface ApiOptions {
  /**
   * What is to be sent as `Authorization: Bearer <token>`. Default: none where only this machine can reach the IdP, else
   * one that is made up, which `MockIdp.apiToken` shows.
   */
  readonly token?: string | undefined;
}

/** How the mock IdP is started; all may be left out. */
export interface StartIdpOptions {
  /** Default 0: any free port. */
  readonly port?: number | undefined;
  /** Address to listen on; default 127.0.0.1. */
  readonly host?: string | undefined;
  /** Talks https, with a certificate of an authority that is made at start: `MockIdp.caCertificate`. */
  readonly https?: boolean | undefined;
  /**
   * The URL under which others reach the IdP, e.g. `https://idp.example.test/base` at a reverse proxy, whether or not that
   * leaves the path in front: every issuer, endpoint and cookie follows. Default: where it listens.
   */
  readonly externalUrl?: string | undefined;
  /**
   * Changes to what the IdP at `/` publishes, in the words of an emission: `/discovery`, `/jwks`, `/samlMetadata`,
   * `/eamDiscovery`, `/eamJwks`. Those of the emission in use come after them.
   */
  readonly overrides?: readonly PatchInput[] | undefined;
  /**
   * `redis://…`: several replicas behind one external URL keep their state there and act as one IdP; it holds the private
   * keys, too. Default: everything is kept in memory. What is read in process (`issued`, `journal`) is this replica's
   * own, and its `offers` and `inUse` are those of the last request that it answered; the live API tells of all.
   */
  readonly redis?: string | undefined;
  /**
   * Folder that keeps the keys, so that apps which hold them still trust the IdP after its next start: private keys, the
   * moment of the certificates, the authority of `https`. It is made if need be, for its owner alone. Default: each start
   * makes new ones. Redis keeps them by itself.
   */
  readonly stateFolder?: string | undefined;
  /**
   * `automatic`: nobody is asked, in no protocol. Whoever needs a sign-in gets it at once, as the user whom the request
   * names (`login_hint` in OIDC, `id_token_hint` in EAM, `username` in WS-Federation), else as `agent@partner.example`, and what is in use is
   * said of them; `prompt=none` and `IsPassive` still need a session. Default `page`: the sign-in page is answered by a
   * person or a driver.
   */
  readonly signIn?: SignInMode | undefined;
  readonly relyingParties?: readonly RelyingPartyRegistration[];
  /** SAML metadata documents of service providers; others are served as long as their ACS is on loopback. */
  readonly serviceProviderMetadata?: readonly string[];
  /** Realms of WS-Federation; others are served as long as their answers stay on this machine. */
  readonly wsFedRealms?: readonly WsFedRealm[];
  readonly eam?: EamOptions;
  /** Emissions that get an issuer of their own under `/fault/<id>`; default: the scenarios that come with the package. */
  readonly catalogue?: readonly CatalogueEntry[];
  readonly api?: ApiOptions | undefined;
  /** Clock, seconds since the epoch; default the real one. */
  readonly now?: () => number;
}
