// Stand-in until `python -m backend.contract` writes this file.
import type { FormShape } from '../rules/form_shape'

export const FORM: FormShape = { version: '0', sections: [] }
