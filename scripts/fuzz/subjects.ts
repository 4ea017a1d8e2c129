import type { Subject } from "./subject.ts";

/** Every kind of artifact that can be put under fuzz; only the one that is asked for is loaded. */
export const subjects = {
  "id-token": async (): Promise<Subject> => await (await import("./tokens.ts")).idTokens(),
  "encrypted-id-token": async (): Promise<Subject> => await (await import("./tokens.ts")).encryptedIdTokens(),
  "access-token": async (): Promise<Subject> => await (await import("./tokens.ts")).accessTokens(),
  eam: async (): Promise<Subject> => await (await import("./tokens.ts")).eamTokens(),
  saml: async (): Promise<Subject> => await (await import("./saml.ts")).samlResponses(),
  wsfed: async (): Promise<Subject> => await (await import("./wsfed.ts")).wsFedResponses(),
} as const;
