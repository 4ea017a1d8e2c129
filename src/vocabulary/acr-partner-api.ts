/** The `acr` of a v1.0 access token whose sign-in did not meet ISO/IEC 29115. Entra access token claims reference. */
export const ENTRA_UNMET_ACR: readonly string[] = ["0"];
