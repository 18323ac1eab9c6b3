import more from './more.svg?raw'

/** The icons that neither the list nor what stands before it shows: they come along behind both. */
document.body.insertAdjacentHTML('afterbegin', more)
