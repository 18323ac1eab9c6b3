/** Shows what is still missing, and puts the cursor where it can be given. */
export function leadTo(id: string): void {
  const field = document.getElementById(id)
  field?.scrollIntoView({ block: 'center' })
  const input = field?.matches('input, textarea') ? field : field?.querySelector<HTMLElement>('input, textarea, button')
  input?.focus({ preventScroll: true })
}
