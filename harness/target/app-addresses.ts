import type { Asks } from "../scenario/asks.ts";
import type { Flow } from "../scenario/schema.ts";

/** Pages of a partner app that ask the IdP again about somebody who is signed in. */
export type AskingStep = "refresh" | "user-info" | "sign-in-again" | "sign-in-silently" | "step-up";

/** Addresses that only some steps need; an app without one is not tested by them. */
export interface AppAddresses {
  /** Sends the browser into a sign-in with the IdP that lives at `base`, in this flow; `user` where it is known already. */
  readonly initiate?: (base: string, flow: Flow, user?: string, asks?: Asks) => string;
  /** Begins a sign-in with the usual IdP that asks for this. */
  readonly ask?: (asks: Asks) => string;
  /** The address, at the IdP or the app, where a sign-in begins without a request of the app's. */
  readonly idpInitiated?: (base: string) => string;
  readonly asking?: Readonly<Partial<Record<AskingStep, string>>>;
}
