export type PermissionAnswer = PermissionState | 'unknown'

/** What the person has allowed this site so far; older browsers do not say. Never asks. @throws nothing */
export async function permissionFor(name: 'camera' | 'geolocation'): Promise<PermissionAnswer> {
  try {
    const status = await globalThis.navigator?.permissions?.query({ name } as PermissionDescriptor)
    return status?.state ?? 'unknown'
  } catch {
    return 'unknown'
  }
}
