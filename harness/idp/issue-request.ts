import type { EamAsked } from "./issued.ts";

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
