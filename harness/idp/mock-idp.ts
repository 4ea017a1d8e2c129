import type { Channel } from "../emission/channels.ts";
import type { Emission, EmissionInput } from "../emission/emission.ts";
import type { EmissionMember } from "../emission/model.ts";
import type { KeyRotation } from "../emission/keys/key-rotation.ts";
import type { CatalogueEntry } from "./catalogue.ts";
import type { OfferedChoice } from "./choices.ts";
import type { Clock } from "./clock.ts";
import type { EntraStandIn } from "./eam/stand-in.ts";
import type { EmissionInUse } from "./in-use.ts";
import type { IssueInput } from "./issue-request.ts";
import type { IssuedArtifact } from "./issued.ts";
import type { JournalEntry } from "./journal/entry.ts";
import type { RelyingPartyRegistration } from "./oidc/registration.ts";
import type { IdpTrust } from "./trust.ts";

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
  /** What of an emission has left the IdP under one choice since it was offered or changed, e.g. `["idToken"]`. */
  readonly handedOut: (choice: string) => readonly EmissionMember[];
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
