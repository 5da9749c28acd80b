export { JoinForm } from './enter/JoinForm.tsx'
export { LockedScreen } from './lock/LockedScreen.tsx'
export { SignInForm } from './enter/SignInForm.tsx'
