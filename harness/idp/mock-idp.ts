import type { Emission } from "../emission/emission.ts";
import type { IssuedArtifact } from "./issued.ts";

/** A relying party that may use the OIDC side. */
export interface RelyingPartyRegistration {
  readonly clientId: string;
  /** Absent: a public client. */
  readonly clientSecret?: string | undefined;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris?: readonly string[] | undefined;
  /** Default `["code"]`; `["id_token"]` and `["code id_token"]` answer by form_post. */
  readonly responseTypes?: readonly string[] | undefined;
}

/** What an artifact is to be issued for, when it is issued without HTTP. */
export interface IssueRequest {
  readonly user: string;
  readonly audience: string;
  readonly nonce?: string;
  readonly requestId?: string;
  readonly assertionConsumerService?: string;
  /** Seconds since the epoch. */
  readonly now: number;
}

/** One request that reached the IdP; query and body values are not kept. */
export interface JournalEntry {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** What a reader needs to trust this IdP. */
export interface IdpTrust {
  readonly oidcIssuer: string;
  readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] };
  readonly samlEntityId: string;
  /** PEM. */
  readonly samlCertificate: string;
}

export interface StartIdpOptions {
  /** Default 0: any free port. */
  readonly port?: number | undefined;
  readonly relyingParties?: readonly RelyingPartyRegistration[];
  /** SAML metadata documents of service providers; others are served as long as their ACS is on loopback. */
  readonly serviceProviderMetadata?: readonly string[];
  /** Clock, seconds since the epoch; default the real one. */
  readonly now?: () => number;
}

/** A running mock IdP: OIDC and SAML 2.0 on one port. Closes with `await using`. */
export interface MockIdp extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`; the OIDC issuer is `<origin>/oidc`, the SAML entity id `<origin>/saml/metadata`. */
  readonly origin: string;
  readonly port: number;
  readonly trust: IdpTrust;
  /** Puts an emission on the sign-in page under a name of its own; the driver chooses it by the id returned. */
  readonly offer: (emission: Emission, title: string) => string;
  /** Takes an offered emission, and what was issued under it, away. */
  readonly withdraw: (choice: string) => void;
  /** Makes an emission the preselected one for its channel until `reset`. */
  readonly use: (emission: Emission) => void;
  readonly reset: () => void;
  /** Adds a relying party while running, e.g. one whose port was not known at start. */
  readonly register: (relyingParty: RelyingPartyRegistration) => void;
  /** Everything issued under one choice, oldest first. */
  readonly issued: (choice: string) => readonly IssuedArtifact[];
  /** The newest requests, oldest first; bounded. */
  readonly journal: () => readonly JournalEntry[];
  /** Signs an artifact of the emission's channel without any HTTP. */
  readonly issue: (emission: Emission, request: IssueRequest) => Promise<IssuedArtifact>;
  readonly stop: () => Promise<void>;
}
