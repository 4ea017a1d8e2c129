import type { ReadingRule } from "../../rule.ts";
import { tokenReadingRules } from "../token/reading.ts";

/** What must hold for an ID token to be read and believed at all. */
export const oidcReadingRules: readonly ReadingRule[] = tokenReadingRules("oidc");
