import type { ReadingRule } from "../../rule.ts";
import { tokenReadingRules } from "../token/reading.ts";

/** What must hold for an access token to be read and believed at all. */
export const partnerApiReadingRules: readonly ReadingRule[] = tokenReadingRules("partner-api");
