//! Cards of people whom a merchant knows by a contact.

use super::books::{Books, id};
use domain::command::Command;
use domain::contact;
use domain::ids::{CardId, CustomerId};
use domain::number::CardNumber;
use server::ledger::{Opening, OpeningCustomer, SealedContact, person_of};
use server::secrets::{Secrets, contact_of};

impl Books {
    /// A card of a person with a contact.
    pub async fn enroll_person(&self, secrets: &Secrets, program: usize, contact: &str) -> CardId {
        let contact = contact::parse(contact, "LU").unwrap();
        let lookup = secrets.lookup(self.merchant, contact.kind, &contact.text);
        let customer = CustomerId(id());
        let (card, person) = (CardId(id()), Some(person_of(&contact, &lookup)));
        let mut submission = self.submission(card, Command::Enroll { claimed: true, person });
        let place = contact_of(self.merchant, customer);
        submission.opening = Some(Opening {
            program: self.programs[program],
            number: CardNumber::from_bits(card.0.as_u128() as u64),
            customer: Some(OpeningCustomer {
                id: customer,
                first_name: Some("Mina".into()),
                locale: "lb".into(),
                via: "till".into(),
                contact: Some(SealedContact {
                    kind: contact.kind.code(),
                    lookup,
                    sealed: secrets.seal(&place, &contact.text).unwrap(),
                }),
            }),
            address: String::new(),
        });
        self.ledger.submit(submission).await.unwrap();
        card
    }
}
