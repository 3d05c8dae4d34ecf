//! Deciding by keyboard: how many keys it takes, what stops a stray one, what is in the store afterwards.
