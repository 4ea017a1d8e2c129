import type { Channel } from "../../emission/channels.ts";
import type { ReadyAdapter } from "../definition/handed-over.ts";
import type { Adapter } from "./adapter.ts";

/** An adapter that comes with the harness: what it reads, and its code, which is loaded when it is wanted. */
export interface ReadyAdapterEntry {
  readonly channels: readonly Channel[];
  readonly load: () => Promise<Adapter>;
}

/** Every adapter that comes with the harness. */
export const READY_ADAPTERS: Readonly<Record<ReadyAdapter, ReadyAdapterEntry>> = {
  jose: {
    channels: ["oidc", "partner-api"],
    load: async () => (await import("./jose.ts")).joseAdapter,
  },
  "openid-client": {
    channels: ["oidc"],
    load: async () => (await import("./openid-client.ts")).openidClientAdapter,
  },
  "node-saml": {
    channels: ["saml"],
    load: async () => (await import("./node-saml.ts")).nodeSamlAdapter,
  },
  samlify: {
    channels: ["saml"],
    load: async () => (await import("./samlify.ts")).samlifyAdapter,
  },
};
