using Akka.TestKit;

class Uses
{
    static async Task Directly(TestKitBase kit, TestProbe probe)
    {
        kit.ExpectMsg<string>(); //! AGD0103
        probe.ExpectMsg("a"); //! AGD0103
        kit.ExpectNoMsg(TimeSpan.FromSeconds(1)); //! AGD0103
        kit.AwaitCondition(() => true); //! AGD0103
        kit.AwaitAssert(() => { }); //! AGD0103
        await kit.ExpectMsgAsync<string>();
    }
}
