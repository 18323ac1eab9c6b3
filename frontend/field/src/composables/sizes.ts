const KB = 1024
const MB = 1024 * KB
const GB = 1024 * MB

export function sizeText(bytes: number): string {
  if (bytes >= GB) return `${(bytes / GB).toFixed(1)} GB`
  return bytes >= MB ? `${Math.round(bytes / MB)} MB` : `${Math.ceil(bytes / KB)} KB`
}
