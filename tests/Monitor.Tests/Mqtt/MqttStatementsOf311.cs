namespace Monitor.Tests.Mqtt;

/// <summary>The numbered statements of MQTT 3.1.1 and how each is shown; see <see cref="MqttStatement"/>.</summary>
internal static class MqttStatementsOf311
{
    internal const string Table =
"""
1.5.3-1 | @ >30050002C32801 ! | a topic that is no UTF-8
1.5.3-2 4.7.3-2 | @ >30050002610001 ! | U+0000 in a topic
1.5.3-3 | see MqttGoldenBytesTests.A_byte_order_mark_is_kept | a byte order mark is text
2.2.2-1 2.2.2-2 | @ >C100 ! | reserved flags
2.3.1-1 | @ >32060001610000 >01 ! | identifier 0
2.3.1-2 | client @ pub1 <32060001610001 <01 pub1 <3206000161000201 | an identifier of its own
2.3.1-3 4.4.0-1 4.6.0-1 3.3.1-1 | none: client and server keep no session, so nothing is sent a second time | resending
2.3.1-4 | see MqttServerSessionSubscribeTests.Publishes_to_the_client_keep_within_its_receive_maximum | the server's identifiers
2.3.1-5 | @ >300400016101 =01 . | no identifier at QoS 0
2.3.1-6 | @ >3206000161000701 <40020007 . | PUBACK with the identifier of its PUBLISH
2.3.1-7 | @ >8206000700016101 <9003000701 >A20500080001 >61 <B0020008 . | SUBACK and UNSUBACK with theirs
3.1.0-1 | >C000 ! | a packet before CONNECT
3.1.0-2 | @ >100D00044D5154540402003C000141 ! | a second CONNECT
3.1.2-1 | >100D00044D5154580402003C000141 ! | another protocol's name
3.1.2-2 | >100D00044D5154540302003C000141 <20020001 ! | level 3
3.1.2-3 | >100D00044D5154540403003C000141 ! | the reserved connect flag
3.1.2-4 3.1.2-5 3.2.2-2 3.2.2-3 | @100D00044D5154540400003C000141 . | no session is kept, and Session Present says so
3.1.2-6 3.1.4-3 3.1.4-4 3.2.0-1 3.2.2-1 | @ . | a clean session, and CONNACK comes first
3.1.2-7 | see AgentPostTests.The_state_is_kept_over_connections_and_over_the_service_and_the_will_replaces_it | kept
3.1.2-8 | see MqttServerSessionConnectTests.The_will_is_left_when_the_client_vanishes_and_not_when_it_says_goodbye | a will
3.1.2-10 | see MqttServerSessionConnectTests.The_will_is_left_when_the_client_vanishes_and_not_when_it_says_goodbye | once
3.1.2-9 | >100D00044D5154540406003C000141 ! | a will flag without a will
3.1.2-11 3.1.2-13 | >100D00044D515454040A003C000141 ! | will QoS without a will
3.1.2-12 | see MqttServerSessionConnectTests.A_stopping_host_says_so | no will where there was none
3.1.2-14 | >101200044D515454041E003C000141000161 >0000 ! | will QoS 3
3.1.2-15 | >100D00044D5154540422003C000141 ! | will retain without a will
3.1.2-16 3.1.2-17 | see AgentPostTests.A_state_is_kept_only_with_its_flag_and_an_empty_one_clears_it | a will, retained or not
3.1.2-18 3.1.2-20 | >101000044D5154540402003C000141000142 ! | a user name or password without its flag
3.1.2-19 | >100D00044D5154540482003C000141 ! | a user name flag without a user name
3.1.2-21 | >101000044D51545404C2003C000141000142 ! | a password flag without a password
3.1.2-22 | >101000044D5154540442003C000141000142 ! | a password without a user name
3.1.2-23 | see MqttClientTests.It_pings_after_half_the_keep_alive_and_gives_up_within_one_and_a_half | PINGREQ in time
3.1.2-24 | see MqttServerSessionConnectTests.Silence_of_one_and_a_half_keep_alives_ends_the_session | silence
3.1.3-1 | see MqttCodecFuzzTests.Every_packet_type_with_every_property_goes_there_and_back | order of the payload's fields
3.1.3-2 3.1.4-2 | see IntakeTests.The_same_client_on_a_second_connection_ends_the_first | the client id names the session
3.1.3-3 | >100A00044D5154540402003C ! | no client id
3.1.3-4 | >100D00044D5154540402003C0001C3 ! | a client id that is no UTF-8
3.1.3-5 | @102300044D5154540402003C0017303132333435363738394142435A61626378797A5F2D30 . | 23 characters
3.1.3-6 | @100C00044D5154540402003C0000 . | no client id given
3.1.3-7 3.1.3-8 | >100C00044D5154540400003C0000 <20020002 ! | none given, and no clean session
3.1.3-9 | see IntakeTests.A_client_whose_name_is_no_id_is_not_let_in | a client id that is rejected
3.1.3-10 | >101200044D5154540406003C0001410001C3 >0000 ! | a will topic that is no UTF-8
3.1.3-11 | >101000044D5154540482003C0001410001C3 ! | a user name that is no UTF-8
3.1.4-1 | >100800044D5154540402 ! | a CONNECT that ends too early
3.1.4-5 | >100E00044D5154540402003C00026E6F300400016101 <20020004 ! = | what comes behind a refused CONNECT
3.2.2-4 3.2.2-5 | >100E00044D5154540402003C00026E6F <20020004 ! | a client that is refused
3.2.2-6 | see MqttGoldenBytesTests.A_refusal_loses_in_3_1_1_what_it_cannot_say | return codes
3.3.1-2 | @ >380400016101 ! | DUP at QoS 0
3.3.1-3 3.3.1-9 | none: no client's message is forwarded to another | DUP and RETAIN of what is forwarded
3.3.1-4 | @ >3606000161000101 ! | QoS 3
3.3.1-5 3.3.1-7 3.3.1-12 | see AgentPostTests.A_state_is_kept_only_with_its_flag_and_an_empty_one_clears_it | RETAIN
3.3.1-10 3.3.1-11 | see AgentPostTests.A_state_is_kept_only_with_its_flag_and_an_empty_one_clears_it | an empty one
3.3.1-6 3.3.1-8 | see AgentPostTests.A_kept_state_is_sent_as_Retain_Handling_says | sent on subscribing, with the flag
3.3.2-1 | @ >300100 ! | no topic
3.3.2-2 4.7.1-1 | @ >300400012301 ! | a wildcard in a topic
3.3.2-3 3.8.4-6 | see AgentPostTests.A_receipt_follows_the_commit | what a subscriber gets
3.3.4-1 4.3.3-2 | @ >300400016101 >3206000161000102 <40020001 >3406000161000203 <50020002 >62020002 <70020002 . | QoS
3.3.5-1 | see MqttServerSessionSubscribeTests.Every_filter_gets_its_own_code_in_order | overlapping filters
3.3.5-2 | @ >3206000161000199 <40020001 =99 . | what is refused for good is kept apart and acknowledged
3.6.1-1 | @ >60020001 ! | reserved flags of PUBREL
3.8.1-1 | @ >8006000100016101 ! | reserved flags of SUBSCRIBE
3.8.3-1 | @ >820600010001C301 ! | a filter that is no UTF-8
3.8.3-2 | @ >8206000100012B01 <9003000101 . | a filter with a wildcard
3.8.3-3 | @ >82020001 ! | a SUBSCRIBE without a filter
3.8.3-4 | @ >8206000100016103 ! | a requested QoS of 3
3.8.4-1 3.8.4-2 3.9.3-2 | @ >8206000200016101 <9003000201 . | SUBACK
3.8.4-3 | @ >8206000100016100 <9003000100 >8206000200016101 <9003000201 . | the same filter again
3.8.4-4 3.8.4-5 3.9.3-1 | @ >820A00010001780100016101 <900400018001 . | two filters in one
3.10.1-1 | @ >A0050001000161 ! | reserved flags of UNSUBSCRIBE
3.10.3-1 | @ >A20500010001C3 ! | a filter to end that is no UTF-8
3.10.3-2 | @ >A2020001 ! | an UNSUBSCRIBE without a filter
3.10.4-1 3.10.4-2 | see MqttServerSessionSubscribeTests.Every_filter_gets_its_own_code_in_order | the end of a subscription
3.10.4-3 | see MqttServerSessionSubscribeTests.What_is_on_its_way_is_finished_after_the_subscription_ended | the rest
3.10.4-4 3.10.4-5 | @ >A20500090001 >61 <B0020009 . | UNSUBACK, though there was nothing to end
3.10.4-6 | @ >A208000200016200 >0161 <B0020002 . | two to end in one
3.12.4-1 | @ >C000 <D000 . | PINGRESP
3.14.1-1 | @ >E100 ! | reserved flags of DISCONNECT
3.14.4-1 3.14.4-2 | client @ leave <E000 ! | nothing after DISCONNECT
3.14.4-3 | see MqttServerSessionConnectTests.The_will_is_left_when_the_client_vanishes_and_not_when_it_says_goodbye | no will
4.1.0-1 4.1.0-2 | @ >8206000100016101 <9003000101 >C000 <D000 . | kept while the connection lasts
4.3.1-1 | client @ pub0 <300400016101 | QoS 0
4.3.2-1 | client @ pub1 <3206000161000101 >40020001 leave <E000 ! | QoS 1, sent
4.3.2-2 | @ >3206000161000101 <40020001 =01 >3A06000161000102 <40020001 =02 . | an identifier that is free again
4.3.3-1 | none: neither side sends at QoS 2 | the sender at QoS 2
4.5.0-1 4.6.0-5 4.6.0-6 | none: no client's message is forwarded to another | subscribers' sessions
4.5.0-2 4.6.0-2 | see MqttClientTests.Acknowledgements_leave_in_the_order_of_arrival | PUBACK of what the client gets
4.6.0-3 4.6.0-4 | none: the client subscribes at QoS 0 and 1 | PUBREC and PUBREL of the client
4.7.1-2 | @ >82070001000261 >2301 ! | # within a level
4.7.1-3 | @ >82070001000261 >2B01 ! | + within a level
4.7.2-1 4.7.3-4 | see MqttTopicFilterComparerTests.A_filter_takes_what_the_standard_says | matching
4.7.3-1 | @ >82050001000001 ! | an empty filter
4.7.3-3 | none: a length of two bytes cannot say more | 65,535 bytes
4.8.0-1 | @ >0000 ! | a packet type that does not exist
4.8.0-2 | @ >3206000161000197 =97 ! | no room for it now
6.0.0-1 6.0.0-2 6.0.0-3 6.0.0-4 | none: WebSockets are not spoken | WebSockets
7.0.0-1 | none: this server connects to no other | a server that is a client too
7.0.0-2 7.1.1-1 7.1.2-1 | see ForeignAgentTests.Mosquitto_pub_comes_by_certificate | TCP, TLS, no extension needed
""";
}
