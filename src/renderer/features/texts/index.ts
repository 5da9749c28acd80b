export { MovedOn } from './MovedOn.tsx'
export { TextVersions } from './TextVersions.tsx'
