import type { Channel } from "../emission/channels.ts";
import type { Emission, EmissionInput } from "../emission/emission.ts";
import type { JWK } from "jose";
import type { IdTokenAlgorithm, IdTokenEncryption } from "../emission/token/id-token-algorithm.ts";
import type { KeyRotation } from "../emission/keys/key-rotation.ts";
import type { EmissionKey } from "../emission/keys/keys.ts";
import type { PatchInput } from "../emission/patch-schema.ts";
import type { OfferedChoice } from "./choices.ts";
import type { Clock } from "./clock.ts";
import type { CatalogueEntry } from "./fault-issuers.ts";
import type { EmissionInUse } from "./in-use.ts";
import type { EamAsked, IssuedArtifact } from "./issued.ts";
import type { JournalEntry } from "./journal/entry.ts";

/** A set of public keys as RFC 7517 writes it. */
export interface PublishedKeys {
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

/** A relying party that may use the OIDC side. */
export interface RelyingPartyRegistration {
  readonly clientId: string;
  /** Absent: a public client. */
  readonly clientSecret?: string | undefined;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris?: readonly string[] | undefined;
  /** Default `["code"]`; besides `id_token`, `id_token token`, `code id_token`, `code token`, `code id_token token`. */
  readonly responseTypes?: readonly string[] | undefined;
  /** Where logout tokens are posted to when the session ends (OIDC Back-Channel Logout §2.2). */
  readonly backchannelLogoutUri?: string | undefined;
  /** What signs its ID tokens; default RS256. HS256 is keyed with the secret. */
  readonly idTokenSignedResponseAlg?: IdTokenAlgorithm | undefined;
  /** Encrypts its ID tokens to `encryptionKey`, e.g. `RSA-OAEP-256`, with A128CBC-HS256; absent: they are only signed. */
  readonly idTokenEncryptedResponseAlg?: IdTokenEncryption | undefined;
  /** Its public key as a JWK. */
  readonly encryptionKey?: JWK | undefined;
}

/** A relying party that may use the WS-Federation side although its answers leave this machine. */
export interface WsFedRealm {
  /** Its `wtrealm`, e.g. `urn:federation:MicrosoftOnline`. */
  readonly realm: string;
  /** Where it takes answers; the first one when a request has no `wreply`. */
  readonly replyUrls: readonly [string, ...string[]];
}

/** Where Entra's keys come from: given, or fetched through its metadata when the first hint is to be verified. */
export type EntraKeys =
  { readonly jwks: PublishedKeys; readonly issuer?: string | undefined } | { readonly metadataUrl: string };

/** How the provider of an external authentication method is registered at Entra. */
export interface EamOptions {
  /** The id this provider gave Entra: `client_id` of its requests. Default `mfa-harness`. */
  readonly clientId?: string | undefined;
  /** Application id, which a hint may name as its audience instead of the client id. */
  readonly appId?: string | undefined;
  /** Where answers may go besides Entra's own redirect URIs and this machine. */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * Whose hints are taken; an `issuer` holds `{tenantid}` where the tenant stands. Default: a stand-in that
   * `MockIdp.entra` shows.
   */
  readonly entra?: EntraKeys | undefined;
}

/** A stand-in for Entra that only this mock IdP believes: whoever has its key can sign hints. */
export interface EntraStandIn {
  readonly clientId: string;
  readonly tenantId: string;
  /** `iss` of a hint of this tenant. */
  readonly issuer: string;
  /** Made when first asked for. */
  readonly key: () => Promise<EmissionKey>;
}

/** What an artifact is to be issued for, when it is issued without HTTP. */
export interface IssueRequest {
  readonly user: string;
  readonly audience: string;
  readonly nonce?: string;
  readonly requestId?: string;
  readonly assertionConsumerService?: string;
  /** Needed for channel `eam`, and read by no other. */
  readonly eam?: EamAsked;
  /** Seconds since the epoch. */
  readonly now: number;
}

/** The same as whoever asks writes it. */
export interface IssueInput extends Omit<IssueRequest, "now"> {
  /** Default: the IdP's clock. */
  readonly now?: number | undefined;
}

/** Who may use the live API under `/_harness`. */
export interface ApiOptions {
  /**
   * What is to be sent as `Authorization: Bearer <token>`. Default: none where only this machine can reach the IdP, else
   * one that is made up, which `MockIdp.apiToken` shows.
   */
  readonly token?: string | undefined;
}

/**
 * What a reader needs to trust this IdP. The keys are those made so far, with which everything verifies that was signed
 * until now: another one is made, and is among them from then on, when something is to be signed with it or a JWK Set is
 * fetched. So read them when they are needed, rather than once.
 */
export interface IdpTrust {
  readonly oidcIssuer: string;
  readonly jwks: PublishedKeys;
  readonly samlEntityId: string;
  /** PEM; the certificate of the WS-Federation side too. */
  readonly samlCertificate: string;
  readonly wsFedIssuer: string;
  readonly eamIssuer: string;
  readonly eamJwks: PublishedKeys;
}

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

/** A running mock IdP: OIDC, SAML 2.0, WS-Federation and EAM on one port. Closes with `await using`. */
export interface MockIdp extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, or the external URL; what is found where, and under which name, is in `trust`. */
  readonly origin: string;
  readonly port: number;
  readonly trust: IdpTrust;
  /** PEM of the authority that clients have to trust for https; undefined without `StartIdpOptions.https`. */
  readonly caCertificate: string | undefined;
  /** What the live API demands; undefined: nothing. */
  readonly apiToken: string | undefined;
  /** What tells the time of everything that is emitted. */
  readonly clock: Clock;
  /**
   * Signs with a new key from now on, under a new `kid`; `trust` follows.
   *
   * @returns the `kid` of the key that signs, then of those before it that are still published
   */
  readonly rotateKeys: (how: KeyRotation) => Promise<readonly string[]>;
  /** Signs the hints that the EAM side takes; undefined when `StartIdpOptions.eam` names other keys. */
  readonly entra: EntraStandIn | undefined;
  /**
   * Puts an emission on the sign-in page under a name of its own; the driver chooses it by the id returned. `emission()`
   * makes one of what a person writes.
   */
  readonly offer: (emission: Emission, title: string) => string;
  /** Puts another emission in the place of an offered one: a session that was opened by it says the new one, too. */
  readonly change: (choice: string, emission: Emission) => void;
  /** Everything on the sign-in pages: what is in use, what is built in, what was offered. */
  readonly offers: () => readonly OfferedChoice[];
  /** Takes an offered emission, and what was issued under it, away. */
  readonly withdraw: (choice: string) => void;
  /**
   * Makes an emission the preselected one for its channel until `reset`.
   *
   * @param emission what may be left out in a scenario file may be left out here; or the id of a scenario
   * @throws HarnessError `ERR_SCENARIO_INVALID` when it is none
   */
  readonly use: (emission: EmissionInput | string) => Promise<void>;
  /** What answers a sign-in of each channel when nobody chooses. */
  readonly inUse: () => Readonly<Partial<Record<Channel, EmissionInUse>>>;
  readonly reset: () => void;
  /** Adds a relying party while running, e.g. one whose port was not known at start. */
  readonly register: (relyingParty: RelyingPartyRegistration) => void;
  /** Everything issued under one choice, oldest first. */
  readonly issued: (choice: string) => readonly IssuedArtifact[];
  /** The newest requests and how they were answered, oldest first; bounded, and without secrets. */
  readonly journal: () => readonly JournalEntry[];
  readonly clearJournal: () => void;
  /** The scenarios, each with an issuer of its own under `/fault/<id>`. */
  readonly catalogue: () => Promise<readonly CatalogueEntry[]>;
  /** The scenario of an id. */
  readonly scenario: (id: string) => Promise<CatalogueEntry | undefined>;
  /**
   * Signs an artifact of the emission's channel without any HTTP.
   *
   * @throws HarnessError `ERR_SCENARIO_INVALID` when it is no emission, or nothing can be made of it
   */
  readonly issue: (emission: EmissionInput | string, request: IssueInput) => Promise<IssuedArtifact>;
  readonly stop: () => Promise<void>;
}
