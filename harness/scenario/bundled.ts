import { fileURLToPath } from "node:url";

/** The scenarios that come with the package; the build puts them beside the code, where the repository has them too. */
export const BUNDLED_SCENARIOS: string = fileURLToPath(new URL("../../scenarios", import.meta.url));
