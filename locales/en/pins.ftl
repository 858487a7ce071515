# PINs of staff.

error-pin-required = Who serves must show their PIN.
error-pin-invalid = Name and PIN do not belong together here.
# $left (Number) - how many tries are left
# $shown (String) - the same number as it is shown
error-pin-invalid-remaining =
    { $left ->
        [one] Name and PIN do not belong together here. { $shown } try is left.
       *[other] Name and PIN do not belong together here. { $shown } tries are left.
    }
# $min (String)
# $max (String)
error-pin-format = A PIN has { $min } to { $max } digits.
error-pin-weak = This PIN is too easy to guess.
error-pin-reused = This PIN was in use not long ago.
# $retry_at (String) - when it works again
error-pin-locked = Too many wrong tries. It works again from { $retry_at }.
error-staff-inactive = This person does not serve here any more.
error-name-taken = Somebody who serves has this name.
error-last-manager = Somebody must stay who manages.
