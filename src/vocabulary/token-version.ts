/** The `ver` of the only Entra access token that carries `amr`. Entra access token claims reference. */
export const ENTRA_V1 = "1.0";
