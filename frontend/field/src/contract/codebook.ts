// Stand-in until `python -m backend.contract` writes this file.
export type Code = { code: string; label: string }
export const CODEBOOK: Record<string, Code[]> = {}
