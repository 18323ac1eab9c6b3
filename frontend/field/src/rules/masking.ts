export function maskName(name: string): string { return name }
export function maskId(id: string): string { return id }
export function maskPhone(phone: string): string { return phone }
